"""The verbs of a poll: choose, choose something else, choose nothing, close."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import limits
from community.commons.refusals import Refusal
from community.forum import access, discussing, streams
from community.forum.kinds import frames
from community.forum.models import Option, Poll, Vote
from community.notices import ringing

CLOSED = "poll_closed"


class NotAChoice(Refusal):
    status = 422
    message = _("Choose from what is offered.")


class TooMany(Refusal):
    status = 422

    def __init__(self, most):
        super().__init__(_("Choose %(most)s at most.") % {"most": most})


def lay(thread, *, options, most=1, is_open=False, results=Poll.Results.ALWAYS) -> Poll:
    """Gives a locked thread what it asks; once there are votes, nothing of it can be changed any more."""
    poll = Poll.objects.create(thread=thread, most=min(most, len(options)), is_open=is_open, results=results)
    Option.objects.bulk_create(
        Option(poll=poll, position=position, words=words) for position, words in enumerate(options, start=1)
    )
    return poll


@transaction.atomic
def vote(*, thread, member, options, at=None) -> Poll:
    """Sets what a member chooses; nothing at all takes the vote back. Sent twice it counts once.

    All votes of a poll are counted from their rows under the thread's lock, so the sums are exact however many come at once.
    """
    thread = discussing.locked(thread)
    access.require(access.against_voting(member, thread) or access.against_being_heard(member))
    if at is None and not access.keeps_order(member):
        limits.require("vote", str(member.pk), most=30, seconds=60)
    poll = Poll.objects.of(thread)
    offered = {option.pk: option for option in poll.options.in_order()}
    wanted = set(options)
    if not wanted <= set(offered):
        raise NotAChoice()
    if len(wanted) > poll.most:
        raise TooMany(poll.most)
    mine = Vote.objects.in_poll(poll).of(member)
    before = set(mine.values_list("option", flat=True))
    if wanted == before:
        return poll
    mine.not_for(wanted).delete()
    fresh = [Vote(option=offered[pk], member=member, at=at or now()) for pk in wanted - before]
    Vote.objects.bulk_create(fresh)
    poll.options.recount()
    poll.voters = Vote.objects.in_poll(poll).voters()
    _changed(thread, poll)
    return poll


@transaction.atomic
def close(*, thread, by) -> Poll:
    """Ends a poll before its time."""
    thread = discussing.locked(thread)
    poll = Poll.objects.of(thread)
    if thread.is_over:
        return poll
    if not access.may_close_poll(by, thread):
        raise access.HostsOnly()
    thread.ends_at = now()
    thread.save(update_fields=["ends_at"])
    poll.closed_by, poll.told_at = by, now()
    _changed(thread, poll)
    if thread.author_id != by.pk:
        _ring(thread, poll)
    return poll


@transaction.atomic
def note_closed(poll_id):
    """Tells the author and every open page that the time has come; once, however often and by however many it is asked."""
    if not Poll.objects.claim(poll_id):
        return
    thread = discussing.locked(Poll.objects.get(pk=poll_id).thread)
    poll = Poll.objects.of(thread)
    _changed(thread, poll)
    if not thread.is_gone:
        _ring(thread, poll)


def _changed(thread, poll):
    poll.sequence = discussing.turn(thread)
    poll.save()
    thread.save(update_fields=["sequence"])
    streams.tell_part_on_commit(frames.of_poll(thread, poll.sequence))


def _ring(thread, poll):
    params = {"title": thread.title, "voters": poll.voters}
    about = f"thread-{thread.pk}"
    ringing.ring(member=thread.author, kind=CLOSED, params=params, url=thread.get_absolute_url(), about=about)
