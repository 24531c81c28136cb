"""Articles in the one index of search, by what everyone may read of them."""

from cms.models import ArticlePage
from community.forum import finding


def note(article):
    """Found by its title, its opening words and what stands above the divider; below it nothing is in any index."""
    finding.note_article(
        page=article,
        title=article.title,
        words=article.found_words,
        author_id=article.author_id,
        at=article.dated,
    )


def note_all():
    """Makes every article's entry again; yields for each."""
    for article in ArticlePage.objects.live().iterator(chunk_size=100):
        note(article)
        yield article
