"""Links in the discussions: a page's card and a film, whose houses nobody has to ask, and an article of the house's own."""

from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.timezone import now

from community.demo import pictures, words
from community.demo.laying import rooms
from community.demo.laying.people import everyone, named
from community.forum import discussing, picturing
from community.forum.models import LinkCard, Post, ReadMark

NEVER_ASKED = timedelta(days=3650)


def lay():
    people, talks = everyone(), {talk.key: talk for talk in words.talks()}
    for told in words.cards():
        _lay(told, talks[told["talk"]], people)


def lay_inner():
    """When the articles are there."""
    people, talks = everyone(), {talk.key: talk for talk in words.talks()}
    for told in words.inner_links():
        _lay(told, talks[told["talk"]], people)


@transaction.atomic
def _lay(told, talk, people):
    author, key = people[told["who"]], named("card", told.get("url") or told["body"])
    opening = rooms.opening_of(talk, people)
    if opening is None or Post.objects.sent_with(author, key).exists():
        return
    if "url" in told:
        _keep_card(told)
    thread = opening.thread
    at = thread.stirred_at + words.span(told["after"])
    body = told["body"].strip().replace("{site}", settings.SITE_URL)
    post = discussing.reply(thread=thread, author=author, body=body, key=key, at=min(at, now()))
    # Whoever had read it all has read this too: it was said long ago.
    for mark in ReadMark.objects.on(thread).select_related("member"):
        if mark.number == post.number - 1:
            discussing.mark_read(member=mark.member, thread=post.thread, number=post.number)


def _keep_card(told):
    if LinkCard.objects.with_urls([told["url"]]).exists():
        return
    width, height, files = picturing.remake(pictures.jpeg(told["picture"]), told["wide"])
    card = LinkCard(
        url=told["url"],
        state=LinkCard.State.GOOD,
        picture=named("picture of", told["url"]),
        width=width,
        height=height,
        expires_at=now() + NEVER_ASKED,
        **{name: told[name] for name in ("site", "title", "words")},
    )
    for form, content in files.items():
        storages["pictures"].delete(card.file(form))
        storages["pictures"].save(card.file(form), ContentFile(content))
    card.save()
