"""The pages of the shop window, and how the brand is called and coloured."""

from cms.models.articles import ArticleIndexPage, ArticlePage
from cms.models.brand import Brand, Hue
from cms.models.pages import HomePage, LandingPage, PlainPage
from cms.models.window import Window

__all__ = ["ArticleIndexPage", "ArticlePage", "Brand", "HomePage", "Hue", "LandingPage", "PlainPage", "Window"]
