"""Act first, join after: what a visitor says is kept, and published once when they sign in."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts import recording
from community.commons import limits
from community.commons.refusals import Refusal, TooOften
from community.forum import access, discussing, drafting
from community.forum.hosting import tagging
from community.forum.kinds import gathering, opening, planning, polling
from community.forum.models import Held, Reaction, Thread
from community.forum.order import telling

KEPT_FOR = timedelta(days=7)
KEPT_FOR_A_HOST = timedelta(days=60)  # whose words wait for us must not lose them to our slowness
MOST_WAITING = 5  # of one visitor: nobody needs more before joining


def _in_measure(visitor, address, body):
    """Visitors are free to make, so their number is counted against the connection too."""
    limits.require("hold", str(visitor), most=20, seconds=600, kept=body)
    if address:
        limits.require("hold-from", address, most=60, seconds=600, kept=body)


def _keep(visitor, **what) -> Held:
    same = Held.objects.waiting().same(visitor=visitor, **what).first()
    if same:
        return same
    if Held.objects.waiting().of_visitor(visitor).count() >= MOST_WAITING:
        raise TooOften(kept="\n\n".join(filter(None, [what.get("title"), what.get("body")])))
    return Held.objects.create(visitor=visitor, expires_at=now() + KEPT_FOR, **what)


@transaction.atomic
def hold_reply(*, visitor, thread, body, source="", reply_to=None, address="", kind=Held.Kind.REPLY) -> Held:
    """Keeps a visitor's reply, or question at a gathering, for the moment they have joined. The same words twice are
    kept once."""
    _in_measure(visitor, address, body)
    return _keep(visitor, kind=kind, thread=thread, post=reply_to, body=body, source=source)


@transaction.atomic
def hold_thread(*, visitor, board, title, body, source="", opens="", plan=None, address="") -> Held:
    """Keeps a whole discussion of somebody whose session ended while they wrote it. Whether they may begin it, and of
    that kind, is asked when they are known again."""
    _in_measure(visitor, address, f"{title}\n\n{body}")
    told = {"title": title, "body": body, "source": source, "opens": opens, "plan": plan or {}}
    return _keep(visitor, kind=Held.Kind.THREAD, board=board, **told)


@transaction.atomic
def hold_edit(*, visitor, post, body, source="", base=None, address="") -> Held:
    """Keeps other words for a post until its author is known again; `base` is what they were written against."""
    _in_measure(visitor, address, body)
    plan = {"base": base} if base else {}
    return _keep(visitor, kind=Held.Kind.EDIT, thread=post.thread, post=post, body=body, source=source, plan=plan)


@transaction.atomic
def hold_reaction(*, visitor, post, kind, address="") -> Held:
    _in_measure(visitor, address, "")
    waiting = Held.objects.waiting().same(visitor=visitor, kind=Held.Kind.REACTION, post=post).first()
    if waiting:
        waiting.reaction = kind
        waiting.save(update_fields=["reaction"])
        return waiting
    return _keep(visitor, kind=Held.Kind.REACTION, thread=post.thread, post=post, reaction=kind)


@transaction.atomic
def hold_vote(*, visitor, thread, options, address="") -> Held:
    """Keeps what a visitor chose in a poll; chosen anew, the later choice counts."""
    _in_measure(visitor, address, "")
    waiting = Held.objects.waiting().same(visitor=visitor, kind=Held.Kind.VOTE, thread=thread).first()
    if waiting:
        waiting.choices = options
        waiting.save(update_fields=["choices"])
        return waiting
    return _keep(visitor, kind=Held.Kind.VOTE, thread=thread, choices=options)


def publish_held(*, member, visitor) -> list[Held]:
    """Publishes all that waits for this browser, in the order it was done; returns what was published. Other words for
    a post are put into its author's form instead: what stands already is changed by nobody's signing in.

    One refusal, a thread closed meanwhile, keeps nothing else back: those words stay held, where their author finds them.
    """
    published = []
    if visitor is not None:
        for pk, kind in Held.objects.waiting().of_visitor(visitor).order_by("made_at").values_list("pk", "kind"):
            try:
                bring = put_into_form if kind == Held.Kind.EDIT else publish
                published.append(bring(held=Held(pk=pk), member=member))
            except access.AwaitsAHost as reason:
                _await_a_host(Held.objects.get(pk=pk), member, reason)
            except Refusal:
                Held.objects.same(pk=pk, published_at=None).update(member=member)
    return published


@transaction.atomic
def hold_for_a_host(*, member, visitor, reason, body, source="", kind=None, key=None, draft=None, **where) -> Held:
    """Keeps the words of a member for the host who will read them; `reason` is the refusal that says why.

    `where`: the thread, and the post answered or changed; or the board, the title, and what else it begins with.
    """
    _in_measure(visitor, "", body)
    kind = kind or (Held.Kind.REPLY if where.get("thread") else Held.Kind.THREAD)
    where = {"thread": None, "board": None, "post": None, "title": "", "opens": "", "plan": {}} | where
    held = _keep(visitor, kind=kind, body=body, source=source, **where)
    _await_a_host(held, member, reason)
    if draft is not None:
        place = where["post"] if kind == Held.Kind.EDIT else where["thread"] or where["board"]
        drafting.spend(author=member, place=place, key=key, version=draft)
    return held


def _await_a_host(held, member, reason):
    if held.waits_since is None:
        # Once a day is enough to know that there is something to read.
        told = {"url": reverse("newcomers"), "about": f"held-{localdate()}", "but": [member.pk]}
        telling.call_hosts_on_commit("order_words_wait", **told)
    held.member, held.expires_at, held.waits_since = member, now() + KEPT_FOR_A_HOST, held.waits_since or now()
    held.because = getattr(reason, "because", Held.Because.NEWCOMER)
    held.detail = getattr(reason, "detail", "")[:200]
    held.save(update_fields=["member", "expires_at", "waits_since", "because", "detail"])


def publish_all_of(*, member) -> list[Held]:
    """Publishes what waited for a member to be let through, on whichever browser it was written."""
    published = []
    for held in Held.objects.waiting().of_member(member).order_by("made_at"):
        try:
            published.append(publish(held=held, member=member, approved=True))
        except Refusal:
            continue  # a thread closed meanwhile: its author finds the words where they left them
    return published


@transaction.atomic
def approve(*, held, by) -> Held:
    """A host has read it: it is said now, once, whoever else approves at the same moment."""
    if not access.keeps_order(by):
        raise access.HostsOnly
    before = Held.objects.get(pk=held.pk)
    held = publish(held=held, member=held.member, approved=True)
    if before.published_at is None and held.published_post:
        _note(held, by, "held.approved")
        url = held.published_post.get_absolute_url()
        telling.tell(held.member, "order_held_published", url=url, about=f"held-{held.pk}")
    return held


@transaction.atomic
def refuse(*, held, by, reason) -> bool:
    """A host has read it, and it is not said; its author keeps the words, and hears why."""
    if not access.keeps_order(by):
        raise access.HostsOnly
    done = Held.objects.for_a_host().refuse(held.pk, by=by, reason=reason)
    if done:
        _note(held, by, "held.refused", reason)
        url = held.get_absolute_url()
        telling.tell(held.member, "order_held_refused", url=url, about=f"held-{held.pk}", reason=reason)
    return done


def _note(held, by, act, why=""):
    recording.record(by=by, act=act, member=held.member, thing=f"held-{held.pk}", why=why)


@transaction.atomic
def reword(*, held, member, body) -> Held:
    """The author changes words that nobody has read yet; decided meanwhile, they stay as they were."""
    held = Held.objects.select_for_update().get(pk=held.pk)
    if held.member_id != member.pk or not held.awaits_a_host:
        raise access.NotYours
    held.body, held.source = body, ""
    held.save(update_fields=["body", "source"])
    return held


def withdraw(*, held, member) -> bool:
    """The author takes them back before anybody has read them."""
    if held.member_id != member.pk:
        raise access.NotYours
    return Held.objects.withdraw(held.pk)


@transaction.atomic
def put_into_form(*, held, member) -> Held:
    """Gives a change back to the author of the post, as a draft of it; for anybody else it stays where it is.

    A draft that they began elsewhere meanwhile is not written over."""
    held = Held.objects.for_reading().select_for_update(of=("self",)).get(pk=held.pk)
    if held.published_at or held.refused_at or held.withdrawn_at or held.waits_since:
        return held
    held.post.thread = held.thread
    access.require(access.against_editing(member, held.post))
    words = {"body": held.body, "source": held.source, "more": held.plan}
    drafting.keep(member=member, place=held.post, version=0, **words)
    held.member, held.published_at, held.published_post = member, now(), held.post
    held.save()
    return held


@transaction.atomic
def publish(*, held, member, approved=False) -> Held:
    """Publishes one held act; done twice, or by two requests at once, it is said once."""
    held = Held.objects.for_reading().select_for_update(of=("self",)).get(pk=held.pk)
    if held.published_at or held.refused_at or held.withdrawn_at:
        return held
    # The row's own id is the key, so even a half-remembered publication cannot happen again.
    told = {"author": member, "body": held.body, "source": held.source, "approved": approved}
    if held.kind == Held.Kind.REPLY:
        held.published_post = discussing.reply(thread=held.thread, reply_to=held.post, key=held.pk, **told)
    elif held.kind == Held.Kind.ASK:
        held.published_post = gathering.ask(thread=held.thread, key=held.pk, **told).post
    elif held.kind == Held.Kind.THREAD:
        kind = held.opens or Thread.Kind.DISCUSSION
        told |= {"board": held.board, "title": held.title, "kind": kind, "key": held.pk}
        thread = opening.start(**told, **planning.begun(held))
        tagging.put(thread=thread, names=held.plan.get("tags", []), by=member)
        held.published_post = thread.posts.get(number=1)
    elif held.kind == Held.Kind.EDIT:
        held.post.thread = held.thread
        held.published_post = discussing.edit(post=held.post, **told)
    elif held.kind == Held.Kind.VOTE:
        polling.vote(thread=held.thread, member=member, options=held.choices)
        held.published_post = held.thread.posts.numbered_after(0).first()
    else:
        _react(held, member)
    held.member, held.published_at = member, now()
    held.save()
    return held


def _react(held, member):
    """A toggle pressed again would take back what the member had given before: what stands, stands."""
    mine = Reaction.objects.of(member, [held.post]).first()
    if mine is None or mine.kind != held.reaction:
        discussing.react(post=held.post, member=member, kind=held.reaction)
    else:
        access.require(access.against_reacting(member, held.post))
    held.published_post = held.post
