"""Naming people: who is offered while one types, and who hears of it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.tiers import opens
from community.commons import chinese, rich
from community.commons.refusals import Refusal
from community.forum import access, finding
from community.forum.models import Findable, Mention
from community.notices import ringing

NAMED = "mention"
SENTENCES = {NAMED: _("%(name)s named you in “%(title)s”")}
MOST_OFFERED, LOOKED_BACK = 6, 60


class TooManyNamed(Refusal):
    status = 422

    def __init__(self, most):
        super().__init__(_("You can name %(most)d people in one post. Take some of them out.") % {"most": most})


def offered(*, words, person, board, thread=None) -> list[Member]:
    """Whom somebody may mean by the beginning of a name: people of this thread first, and only who may read it."""
    begun = chinese.fold(words)
    found: dict[int, Member] = {}
    if thread is not None:
        for post in thread.posts.readable().select_related("author__tier").latest_first()[:LOOKED_BACK]:
            if _is_called(post.author, begun):
                found.setdefault(post.author_id, post.author)
    if words:
        called = Findable.objects.members_to_see().saying(finding.wanted(words)) if finding.wanted(words) else ()
        pks = [row.member_id for row in called[: MOST_OFFERED * 4]]
        for member in Member.objects.numbered(pks).select_related("tier").order_by("pk"):
            found.setdefault(member.pk, member)
    found.pop(person.pk, None)
    return [member for member in found.values() if may_hear(member, board)][:MOST_OFFERED]


def _is_called(member, begun) -> bool:
    return chinese.fold(member.name).startswith(begun) or member.handle_folded.startswith(begun)


def may_hear(member, board) -> bool:
    return member.is_active and opens(member, board.tier_to_see)


def require_measure(author, source):
    """Refuses more names in one post than this member may use."""
    if source and len(rich.read(source).mentions) > (most := access.most_named_by(author)):
        raise TooManyNamed(most)


def note(post, thread):
    """Keeps who is named in a post of this thread, and rings those who were not named in it before."""
    named = set(rich.read(post.source).mentions) if post.source else set()
    rows = {row.member_id: row for row in Mention.objects.in_post(post)}
    for gone in rows.keys() - named:
        rows[gone].delete()
    new = named - rows.keys() - {post.author_id}
    if not new:
        return
    told = [
        member
        for member in Member.objects.public().numbered(new).select_related("tier").order_by("pk")
        if may_hear(member, thread.board)
    ]
    Mention.objects.bulk_create(Mention(post=post, member=member) for member in told)
    # They are named all the same, and nobody learns of whom a bell stayed silent.
    for member in access.may_be_rung(post.author, told):
        ringing.ring(
            member=member,
            kind=NAMED,
            params={"name": str(post.author), "title": thread.title},
            url=f"/forum/posts/{post.pk}/",
            about=f"mention-{post.pk}",
        )
