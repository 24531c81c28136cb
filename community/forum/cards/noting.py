"""Which posts show which cards, so that both can change together."""

from community.forum.models import LinkCard, Reference


def note(post, cards):
    """Keeps what the lone links of a post lead to. A reference that is new has its card asked about, see receiving.py."""
    wanted = _cards(cards.urls) if cards else {}
    threads = set(cards.named) if cards else set()
    had = list(Reference.objects.of_post(post))
    gone = [row.pk for row in had if row.card_id not in wanted and row.thread_id not in threads]
    if gone:
        Reference.objects.with_ids(gone).delete()
    known_cards, known_threads = {row.card_id for row in had}, {row.thread_id for row in had}
    for pk, card in wanted.items():
        if pk not in known_cards:
            Reference.objects.create(post=post, card=card)
    for pk in threads - known_threads:
        Reference.objects.create(post=post, thread_id=pk)


def _cards(urls) -> dict:
    if not urls:
        return {}
    # Two posts may name a new address at the same moment: one row of it is there afterwards.
    LinkCard.objects.bulk_create([LinkCard(url=url) for url in sorted(urls)], ignore_conflicts=True)
    return {card.pk: card for card in LinkCard.objects.with_urls(urls)}
