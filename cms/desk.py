"""The editors' corner of the desk's first page: what was written last, and how much readers say to it."""

from wagtail.admin.ui.components import Component

from cms.models import ArticlePage
from community.forum.models import Thread

ROWS = 6


class ArticlesPanel(Component):
    """An editor's first question: where was I, and what came of the last ones?"""

    name = "articles"
    template_name = "cms/desk/panel.html"
    order = 60  # after what waits for a host, and who came

    def __init__(self, index):
        self.index = index

    def get_context_data(self, parent_context):
        articles = list(ArticlePage.objects.child_of(self.index).for_desk()[:ROWS])
        threads = Thread.objects.about_any(articles).visible_to(parent_context["request"].user)
        of_page = {thread.page_id: thread for thread in threads}
        return {"index": self.index, "rows": [(article, of_page.get(article.pk)) for article in articles]}
