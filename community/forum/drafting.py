"""Words on their way: kept for every device of a member while they write, and gone with the post they become."""

from django.db import transaction
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import limits, prose, rich
from community.commons.refusals import Refusal
from community.forum.models import LONGEST_POST, Board, Draft, Picture, Post, Thread, asked
from community.forum.models.drafts import where

MOST = 200  # of one member
LONGEST_BODY = LONGEST_POST * 4
WORDS = ("title", "body", "source", "more")


class NewerDraft(Refusal):
    """Another device has saved since; what is there is handed back, and nothing is overwritten."""

    status = 409
    message = _("There is a newer draft of yours on another device.")

    def __init__(self, draft):
        super().__init__()
        self.draft = draft


class TooManyDrafts(Refusal):
    status = 413
    message = _("You have two hundred drafts. Discard some; what you write here is kept on this device.")


class AlreadySent(Refusal):
    """The words have become a post; only the page that saves them has not heard of it."""

    status = 200


@transaction.atomic
def keep(*, member, place, version, hand=None, key=None, title="", body="", source="", more=None) -> Draft | None:
    """Saves what stands in the field; emptied words are no draft. A save against an older version is refused.

    `hand` names the page that saves: it waits for its own answers, so an answer that was lost is no conflict.
    """
    limits.require("draft", str(member.pk), most=120, seconds=60)
    mine = Draft.objects.owned_by(member).at_place(place)
    told = {"title": title, "body": body, "source": source, "more": more or {}}
    is_empty = not (title.strip() or body.strip() or source) or _says_nothing_new(place, body, source)
    if key and Post.objects.sent_with(member, key).exists():
        raise AlreadySent
    if not is_empty and not mine.exists():
        if Draft.objects.owned_by(member).count() >= MOST:
            raise TooManyDrafts
        # Two devices may begin at the same moment: one row is there, and the later of them finds it changed.
        Draft.objects.bulk_create([Draft(member=member, version=0, **where(place))], ignore_conflicts=True)
    draft = mine.for_update().first()
    if draft is None:
        return None
    if all(getattr(draft, name) == told[name] for name in WORDS):
        return draft
    if draft.version not in (0, version) and (hand is None or draft.hand != hand):
        raise NewerDraft(draft)
    if is_empty:
        draft.delete()
        return None
    was_pictured = "data-picture" in draft.source
    for name, value in told.items():
        setattr(draft, name, value)
    draft.version, draft.hand, draft.key, draft.at = draft.next_version(), hand, key, now()
    draft.save()
    if was_pictured or "data-picture" in source:
        _hold_pictures(draft)
    return draft


def _says_nothing_new(place, body, source) -> bool:
    """The words of a post as they stand are no draft of a change: not before one, nor when a save comes in after it."""
    if not isinstance(place, Post):
        return False
    return rich.read(source).source == place.source if source else not place.source and body.strip() == place.body


def _hold_pictures(draft):
    """Pictures of words that are still being written are not swept."""
    ids = rich.read(draft.source).pictures
    Picture.objects.in_draft(draft).exclude(pk__in=ids).update(draft=None)
    Picture.objects.to_stand_in(None, draft.member_id).with_ids(ids).update(draft=draft)


def mine(*, member, place) -> Draft | None:
    """What a member has begun to write here."""
    if not member.is_authenticated:
        return None
    if isinstance(place, Thread):
        return asked.draft_of(member, place)
    draft = Draft.objects.of_member(member).at_place(place).first()
    return None if draft and _says_nothing_new(place, draft.body, draft.source) else draft


def spend(*, author, place, key, version):
    """The words were sent: their draft is gone with them, in the same transaction. A newer one elsewhere stays."""
    if key or version:
        Draft.objects.owned_by(author).at_place(place).spent_by(key=key, version=version).delete()


def discard_at(*, member, place):
    """Whatever was begun here, on whichever device."""
    Draft.objects.owned_by(member).at_place(place).delete()


def discard(*, draft):
    draft.delete()


def move_along(*, former: Thread, into: Thread):
    Draft.objects.move_along(former, into)


def move_to_board(*, former: Board, into: Board):
    """Two boards became one, and what was begun goes on there. Who had begun on both finds it all in one field."""
    theirs, going = {}, []
    for draft in Draft.objects.on_boards(former, into):
        if draft.board_id == former.pk:
            going.append(draft)
        else:
            theirs[draft.member_id] = draft
    for draft in going:
        there = theirs.get(draft.member_id)
        if there is None:
            draft.board = into
        else:
            said = [draft.title, draft.body] if draft.title else [draft.body]
            if there.source or draft.source:
                title = prose.paragraphs(draft.title) if draft.title else []
                there.source = "".join([_markup(there), *map(_paragraph, title), _markup(draft)])
            there.body = "\n\n".join(filter(None, [there.body, *said]))
            Picture.objects.in_draft(draft).update(draft=there)
            draft.delete()
            draft = there
        draft.version = draft.next_version()
        draft.save()


def _markup(draft) -> str:
    return draft.source or "".join(_paragraph(words) for words in prose.paragraphs(draft.body))


def _paragraph(words) -> str:
    return format_html("<p>{}</p>", words)


def sweep(most=1000) -> int:
    """Lets go of what nobody has touched for long, and of saves that came in after their words were sent."""
    gone = Draft.objects.with_ids([draft.pk for draft in Draft.objects.left_lying()[:most]])
    return gone.delete()[0]
