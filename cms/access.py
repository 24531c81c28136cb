"""Who may read what stands below an article's divider."""

from accounts.tiers import rank_of


def may_read_on(person, article) -> bool:
    """The article's tier and those above it; every member where no tier was chosen; everyone where nothing is cut."""
    return article.cut is None or rank_of(person) >= article.rank_needed
