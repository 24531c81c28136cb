"""The verbs of a gathering: put a question, want its answer, call it up, sum it all up, be reminded."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime, now

from community.commons import limits
from community.forum import access, discussing, streams
from community.forum.kinds import following
from community.forum.models import Ask, AskVote, Gathering, Post, Reminder
from community.notices import ringing

REMINDS = "gathering_begins"
AHEAD = timedelta(minutes=15)


def lay(thread, *, hosts) -> Gathering:
    """Gives a locked thread its hosts; its hour stands on its own row."""
    gathering = Gathering.objects.create(thread=thread)
    gathering.hosts.set(hosts)
    return gathering


def _opened(thread, by):
    """The thread, ours until the end of the transaction, and its gathering; for its hosts."""
    thread = discussing.locked(thread)
    gathering = Gathering.objects.of(thread)
    if thread.is_gone:
        raise access.ThreadGone()
    if not access.hosts(by, gathering):
        raise access.HostsOnly()
    return thread, gathering


@transaction.atomic
def ask(*, thread, author, body, source="", key=None, at=None, took=None, approved=False) -> Ask:
    """Puts a question to the hosts: a post like any other, which can also be voted for and answered."""
    if at is None:
        access.require(access.against_asking(author, discussing.locked(thread)))
    told = {"body": body, "source": source, "key": key, "at": at, "took": took, "approved": approved}
    post = discussing.reply(thread=thread, author=author, **told)
    thread = discussing.locked(thread)
    if (known := Ask.objects.with_pk(post.pk)) is not None:
        return known
    post.part = Post.Part.ASKED
    post.save(update_fields=["part"])
    made = Ask(post=post, thread=thread, sequence=0)
    following.changed_ask(thread, made)
    return made


@transaction.atomic
def want(*, post, member, wants: bool) -> Ask:
    """A member would like to hear the answer too, or no longer; said twice it counts once."""
    thread, post = discussing.located(post)
    access.require(access.against_wanting(member, post) or access.against_being_heard(member))
    limits.require("want", str(member.pk), most=60, seconds=60)
    ask = Ask.objects.with_pk(post.pk)
    mine = AskVote.objects.of(member, ask)
    if mine.exists() != wants:
        if wants:
            AskVote.objects.create(ask=ask, member=member)
        else:
            mine.delete()
        ask.votes = ask.rows.count()
        following.changed_ask(thread, ask)
    return ask


@transaction.atomic
def call(*, post, by) -> Gathering:
    """This question is being answered now."""
    thread, gathering = _opened(post.thread, by)
    ask = Ask.objects.readable_in(thread).with_pk(post.pk)
    if ask and gathering.current_id != ask.pk:
        gathering.current = ask
        following.changed_gathering(thread, gathering)
    return gathering


@transaction.atomic
def put_aside(*, thread, by) -> Gathering:
    """No question is being answered just now."""
    thread, gathering = _opened(thread, by)
    if gathering.current_id:
        gathering.current = None
        following.changed_gathering(thread, gathering)
    return gathering


@transaction.atomic
def sum_up(*, thread, by, body, source="", key=None, at=None, took=None) -> Post:
    """The hosts' recap: a post that stays on top; a later one takes its place."""
    thread, gathering = _opened(thread, by)
    post = discussing.reply(thread=thread, author=by, body=body, source=source, key=key, at=at, took=took)
    thread = discussing.locked(thread)
    gathering = Gathering.objects.of(thread)
    if gathering.recap_id == post.pk:
        return post
    if gathering.recap:
        _mark(thread, gathering.recap, "")
    _mark(thread, post, Post.Part.RECAP)
    gathering.recap, gathering.current = post, None
    following.changed_gathering(thread, gathering)
    return post


def _mark(thread, post, part):
    post.part, post.sequence = part, discussing.turn(thread)
    post.save(update_fields=["part", "sequence"])
    thread.save(update_fields=["sequence"])
    streams.tell_on_commit(post)


@transaction.atomic
def move(*, thread, by, begins_at, ends_at) -> Gathering:
    """Another hour. Whoever had been reminded of the former one is reminded again."""
    thread, gathering = _opened(thread, by)
    if (thread.begins_at, thread.ends_at) == (begins_at, ends_at):
        return gathering
    thread.begins_at, thread.ends_at = begins_at, ends_at
    thread.save(update_fields=["begins_at", "ends_at"])
    gathering.edition += 1
    gathering.told = ""
    following.changed_gathering(thread, gathering)
    Reminder.objects.renew(gathering)
    return gathering


@transaction.atomic
def remind(*, thread, member, wants: bool) -> bool:
    """Whether a member is told before it begins; after that there is nothing to be told."""
    thread = discussing.locked(thread)
    gathering = Gathering.objects.of(thread)
    if thread.has_begun and wants:
        return False
    if wants:
        Reminder.objects.get_or_create(gathering=gathering, member=member)
    else:
        Reminder.objects.of(member, gathering).delete()
    return wants


@transaction.atomic
def tell_reminder(reminder_id):
    """Rings and writes to one member, once; whoever may not come in any more hears nothing."""
    if not Reminder.objects.claim(reminder_id):
        return
    row = Reminder.objects.for_telling(reminder_id)
    thread = row.gathering.thread
    if not access.may_see(row.member, thread):
        return
    ringing.ring(
        member=row.member,
        kind=REMINDS,
        params={"title": thread.title, "time": localtime(thread.begins_at).strftime("%H:%M")},
        url=thread.get_absolute_url(),
        about=f"thread-{thread.pk}-{thread.begins_at.timestamp():.0f}",
        mail=True,
    )


@transaction.atomic
def note_turn(gathering_id, told):
    """Tells every open page that it has begun or ended; once for each."""
    before = Gathering.objects.get(pk=gathering_id)
    state = "over" if before.thread.is_over else "now"
    if state == told or not Gathering.objects.claim(gathering_id, told, state):
        return
    thread = discussing.locked(before.thread)
    gathering = Gathering.objects.of(thread)
    if state == "over":
        gathering.current = None
    following.changed_gathering(thread, gathering)


def due(moment=None):
    """Ids of reminders whose time has come."""
    moment = moment or now()
    return Reminder.objects.due(moment, moment + AHEAD)
