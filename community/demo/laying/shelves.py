"""How the boards are arranged: groups, pictures, what is asked of whoever starts; tags; and a discussion on top."""

from community.commons import chinese
from community.demo import words
from community.demo.laying import rooms, window
from community.demo.laying.people import everyone
from community.forum.hosting import pinning, tagging
from community.forum.models import MOST_TAGS, BoardGroup, Thread


def lay_groups():
    """Once: however an editor arranges the boards later, they stay so."""
    if BoardGroup.objects.exists():
        return
    here, told = rooms.boards(), words.shelves()
    for place, group in enumerate(told["group"], start=1):
        made = BoardGroup.objects.create(name=group["name"], name_en=group["name_en"], position=place * 10)
        for slug in group["boards"]:
            here[slug].group = made
    for slug, more in told["board"].items():
        board = here[slug]
        board.picture = window.picture(more["picture"])
        board.title_hint, board.body_template = more.get("hint", ""), more.get("template", "")
        board.teases = more.get("teases", False)
    for board in here.values():
        board.save()


def lay_tags():
    """Each of the brand's tags on the discussions whose title says it."""
    host = next(person for person in everyone().values() if person.is_superuser)
    threads = {pk: chinese.sought(title) for pk, title in Thread.objects.present().values_list("pk", "title")}
    given: dict[int, list[str]] = {}
    for told in words.shelves()["tag"]:
        tag = tagging.make(name=told["name"], by=host)
        if not tag.description:
            tag.description = told["about"]
            tag.save()
        for pk, title in threads.items():
            if any(chinese.sought(word) in title for word in told["words"]):
                given.setdefault(pk, []).append(told["name"])
    for thread in Thread.objects.with_ids(given).prefetch_related("tags"):
        if not thread.tags.all():
            tagging.put(thread=thread, names=given[thread.pk][:MOST_TAGS], by=host)


def pin_one():
    """What the house would like everybody to read; taken down by a host, it stays down."""
    told = words.shelves()["pin"]
    host = next(person for person in everyone().values() if person.is_superuser)
    thread = Thread.objects.present().called_like(told["title"]).first()
    if thread and not thread.acts.exists():
        pinning.pin(thread=thread, by=host, everywhere=True, reason=told["why"])
