"""Which posts show which cards, so that both can change together."""

from community.forum.models import LinkCard, Reference


def note(post, shown):
    """Keeps what the lone links of a post lead to. A reference that is new has its card asked about, see receiving.py."""
    wanted = _wanted(shown) if shown else {}
    had = {row.to: row.pk for row in Reference.objects.of_post(post)}
    if gone := [pk for to, pk in had.items() if to not in wanted]:
        Reference.objects.with_ids(gone).delete()
    for to, told in wanted.items():
        if to not in had:
            Reference.objects.create(post=post, **told)


def _wanted(shown) -> dict:
    """By Reference.to: what its row says."""
    told = {("card", pk): {"card": card} for pk, card in cards(shown.urls).items()}
    told |= {("thread", pk): {"thread_id": pk} for pk in shown.named}
    return told | {("page", pk): {"page_id": pk} for pk in shown.named_pages}


def cards(urls) -> dict:
    if not urls:
        return {}
    # Two posts may name a new address at the same moment: one row of it is there afterwards.
    LinkCard.objects.bulk_create([LinkCard(url=url) for url in sorted(urls)], ignore_conflicts=True)
    return {card.pk: card for card in LinkCard.objects.with_urls(urls)}
