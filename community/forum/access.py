"""Who may do what in the living room: answered once, for verb, button and socket alike."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.access import against_acting, against_writing
from accounts.access import may_be_rung as may_be_rung
from accounts.access import may_hand_over as may_hand_over
from accounts.access import may_read_log as may_read_log
from accounts.access import may_ring as may_ring
from accounts.access import silent_for as silent_for
from accounts.tiers import opens, rank_of
from community.commons.refusals import Refusal
from community.forum.models import Thread
from community.forum.refusals import (  # noqa: F401 (asked for as access.…, beside the questions they answer)
    AwaitsAHost,
    CannotBeMerged,
    EditedMeanwhile,
    GatheringOver,
    HostsOnly,
    MembersOnly,
    NeedsAHost,
    NoSuchReaction,
    NotAnAnswer,
    NotHere,
    NotYours,
    OnlyTheAsker,
    OpeningStays,
    OwnThing,
    PollClosed,
    PostElsewhere,
    PostGone,
    RepliesLater,
    StartsLater,
    StaysWhereItIs,
    ThreadElsewhere,
    ThreadGone,
    ThreadLocked,
    TierTooLow,
    WordRefused,
)

FIRST_RANK = 1  # where everyone begins: what a stranger could do the moment they joined
READ_FIRST = _("Read it first, then it can be folded away.")
GRACE = timedelta(minutes=5)  # an edit this soon leaves no mark


def require(refusal):
    """Raises what an against_* question answered, if it answered anything."""
    if refusal is not None:
        raise refusal


def keeps_order(person) -> bool:
    if not person.is_authenticated or not person.is_staff or person.is_suspended:
        return False
    return person.has_perm("forum.keep_order")


def may_watch_words(person) -> bool:
    return keeps_order(person) and person.has_perm("forum.change_watchedword")


def most_named_by(person) -> int:
    """How many people one post may name; who has just come rings fewer bells."""
    return 5 if not keeps_order(person) and rank_of(person) <= FIRST_RANK else 10


def against_picturing(person) -> Refusal | None:
    return None if person.is_authenticated else MembersOnly()


def room_for_pictures(person) -> tuple[int, int]:
    """Bytes a member's pictures may take: in a day, and in all."""
    if keeps_order(person):
        return 2_000_000_000, 100_000_000_000
    return (20_000_000, 200_000_000) if rank_of(person) <= FIRST_RANK else (60_000_000, 1_000_000_000)


def may_see_picture(person, picture) -> bool:
    """Who may read the post; and whoever is still writing it."""
    post = picture.post
    if post is None:
        return person.is_authenticated and picture.member_id == person.pk
    return not post.is_gone and may_see(person, post.thread)


def against_hosting(person) -> Refusal | None:
    """Pin, slow down, move, merge, split, open and close by the clock."""
    return None if keeps_order(person) else HostsOnly()


def against_taking_from_its_page(thread) -> Refusal | None:
    return StaysWhereItIs() if thread.page_id else None


def against_tagging(person, thread) -> Refusal | None:
    """Hosts, and whoever opened it while it is open."""
    if keeps_order(person):
        return None
    if not person.is_authenticated or thread.author_id != person.pk:
        return NotYours()
    return ThreadLocked() if thread.is_locked else None


def against_keeping_tags(person) -> Refusal | None:
    """Name, describe and merge what the whole house uses."""
    keeps = person.is_authenticated and person.is_staff and person.has_perm("forum.change_tag")
    return None if keeps else HostsOnly()


MERGEABLE = {"discussion", "question"}


def against_merging(thread, into) -> Refusal | None:
    """A poll or a gathering is more than its posts, and what is gone takes nothing in."""
    if thread.page_id:
        return StaysWhereItIs()
    whole = not (thread.is_gone or into.is_gone or thread.merged_into_id or into.merged_into_id)
    return None if whole and thread.pk != into.pk and thread.kind in MERGEABLE else CannotBeMerged()


def may_split(person, post) -> bool:
    """Whether a way to a thread of its own is offered beside this post."""
    return keeps_order(person) and post.number > 1 and not post.is_gone and not post.thread.page_id


def against_splitting(posts) -> Refusal | None:
    return OpeningStays() if any(post.number == 1 for post in posts) else None


def against_being_heard(person) -> Refusal | None:
    """A member who is held may write, and is not heard yet."""
    return AwaitsAHost() if person.is_authenticated and person.held_at else None


def may_be_seen_here(person) -> bool:
    """Whether members are told that this person is in the same place; their own word comes first."""
    return (
        person.is_authenticated and person.is_public and person.is_seen and not (person.held_at or person.is_suspended)
    )


def may_see_missed(person) -> bool:
    """What people search in vain is for those who could write it, or answer it."""
    return person.is_authenticated and person.is_staff and person.has_perm("forum.view_missedsearch")


def _below(person, tier) -> bool:
    """A stranger is taken for the newcomer they would be."""
    return tier is not None and max(rank_of(person), FIRST_RANK) < tier.rank


def may_see(person, thread) -> bool:
    """The same answer as the queryset's, for a thread that is already at hand."""
    return not thread.is_gone and opens(person, thread.board.tier_to_see)


def against_starting(person, board) -> Refusal | None:
    for tier, refusal in ((board.tier_to_see, TierTooLow), (board.tier_to_start, StartsLater)):
        if _below(person, tier):
            return refusal(tier)
    return against_writing(person) if person.is_authenticated else MembersOnly()


def may_start(person, board) -> bool:
    return against_starting(person, board) is None


def against_holding_reply(person, thread) -> Refusal | None:
    """What stands against a reply, whoever has yet to join."""
    if thread.is_gone:
        return ThreadGone()
    for tier, refusal in ((thread.board.tier_to_see, TierTooLow), (thread.board.tier_to_reply, RepliesLater)):
        if _below(person, tier):
            return refusal(tier)
    if thread.is_locked and not keeps_order(person):
        return ThreadLocked()
    return against_writing(person)


def against_replying(person, thread) -> Refusal | None:
    return against_holding_reply(person, thread) or (None if person.is_authenticated else MembersOnly())


def may_reply(person, thread) -> bool:
    return against_replying(person, thread) is None


def against_reacting(person, post) -> Refusal | None:
    if post.thread.is_gone:
        return ThreadGone()
    if post.is_gone:
        return PostGone()
    if _below(person, post.thread.board.tier_to_see):
        return TierTooLow(post.thread.board.tier_to_see)
    return against_acting(person) if person.is_authenticated else MembersOnly()


def against_reporting(person, *, author) -> Refusal | None:
    """Who wrote a thing, or is it, does not report it; a stranger is asked in first."""
    if not person.is_authenticated:
        return MembersOnly()
    return OwnThing() if author.pk == person.pk else against_acting(person)


def may_react(person, post) -> bool:
    return against_reacting(person, post) is None


def against_editing(person, post) -> Refusal | None:
    if post.is_gone:
        return PostGone()
    if not person.is_authenticated or post.author_id != person.pk:
        return NotYours()
    if _below(person, post.thread.board.tier_to_see):
        return TierTooLow(post.thread.board.tier_to_see)
    if post.thread.is_locked and not keeps_order(person):
        return ThreadLocked()
    return against_writing(person)


def against_keeping(person, *, post=None, thread=None) -> Refusal | None:
    """A bookmark is for whoever may read the thing."""
    if not person.is_authenticated:
        return MembersOnly()
    thread = thread or post.thread
    if post is not None and post.is_gone:
        return PostGone()
    return None if may_see(person, thread) else ThreadGone()


def may_read_former(person, post) -> bool:
    """What a post said before it was changed: for its author, and for hosts."""
    return keeps_order(person) or (person.is_authenticated and post.author_id == person.pk)


def may_edit(person, post) -> bool:
    return against_editing(person, post) is None


def edit_leaves_a_mark(post) -> bool:
    return now() - post.made_at > GRACE


def may_remove(person, post) -> bool:
    return keeps_order(person) or (person.is_authenticated and post.author_id == person.pk)


def may_remove_thread(person, thread) -> bool:
    """Authors may take a thread back while nobody has answered: afterwards it holds the words of others."""
    alone = thread.last_number <= 1 and thread.page_id is None
    return keeps_order(person) or (person.is_authenticated and thread.author_id == person.pk and alone)


def may_restore(person, removal) -> bool:
    """What a host took away, only a host brings back."""
    own = removal.hand == removal.Hand.AUTHOR and removal.by_id == person.pk and removal.sweep_id is None
    return keeps_order(person) or own


def may_lock(person, thread) -> bool:
    """Hosts keep order; authors may close what they opened."""
    return keeps_order(person) or (person.is_authenticated and thread.author_id == person.pk)


def may_unlock(person, thread) -> bool:
    """What a host closed, only a host opens again."""
    own = hasattr(thread, "lock") and thread.lock.by_id == person.pk
    return keeps_order(person) or (may_lock(person, thread) and own)


def speaks_for_the_house(person) -> bool:
    return keeps_order(person) or (person.is_authenticated and person.is_host)


def may_announce(person) -> bool:
    """Announce something, and hold gatherings."""
    return speaks_for_the_house(person) or (
        person.is_authenticated and person.is_staff and person.has_perm("forum.announce")
    )


def kinds_to_start(person, board) -> list[Thread.Kind]:
    """What a thread may be that this person starts on this board, where they may start one at all."""
    told = [Thread.Kind.DISCUSSION, Thread.Kind.QUESTION, Thread.Kind.POLL]
    told += [Thread.Kind.ANNOUNCEMENT, Thread.Kind.GATHERING] if may_announce(person) else []
    return [kind for kind in told if not board.kinds or kind in board.kinds]


def against_starting_kind(person, board, kind) -> Refusal | None:
    return against_starting(person, board) or (None if kind in kinds_to_start(person, board) else NotHere())


def against_accepting(person, post) -> Refusal | None:
    """The one who asked says which answer it was, or a host on their behalf."""
    thread = post.thread
    if thread.is_gone:
        return ThreadGone()
    if post.is_gone:
        return PostGone()
    if thread.kind != Thread.Kind.QUESTION or post.number == 1:
        return NotAnAnswer()
    if _below(person, thread.board.tier_to_see):
        return TierTooLow(thread.board.tier_to_see)
    if not person.is_authenticated:
        return MembersOnly()
    return None if thread.author_id == person.pk or speaks_for_the_house(person) else OnlyTheAsker()


def may_accept(person, post) -> bool:
    return against_accepting(person, post) is None


def against_holding_vote(person, thread) -> Refusal | None:
    """What stands against a vote, whoever has yet to join."""
    if thread.is_gone:
        return ThreadGone()
    if _below(person, thread.board.tier_to_see):
        return TierTooLow(thread.board.tier_to_see)
    if thread.is_over:
        return PollClosed()
    return ThreadLocked() if thread.is_locked else None


def against_voting(person, thread) -> Refusal | None:
    return against_holding_vote(person, thread) or (None if person.is_authenticated else MembersOnly())


def may_see_results(poll, has_voted: bool) -> bool:
    """When, is the author's choice; a poll that has closed hides nothing."""
    if poll.results == poll.Results.ALWAYS or poll.thread.is_over:
        return True
    return poll.results == poll.Results.VOTED and has_voted


def may_see_voters(person, poll, has_voted: bool) -> bool:
    """Who chose what is told to members alone, and only where everybody knew it before voting."""
    return poll.is_open and person.is_authenticated and may_see_results(poll, has_voted)


def may_close_poll(person, thread) -> bool:
    own = person.is_authenticated and thread.author_id == person.pk
    return not thread.is_over and (own or keeps_order(person))


def hosts(person, gathering) -> bool:
    """Answers at this gathering, and says what comes next."""
    return keeps_order(person) or (
        person.is_authenticated and any(each.pk == person.pk for each in gathering.hosts.all())
    )


def against_holding_ask(person, thread) -> Refusal | None:
    """What stands against a question for the hosts, before and during it, whoever has yet to join."""
    return GatheringOver() if thread.is_over and not thread.is_gone else against_holding_reply(person, thread)


def against_asking(person, thread) -> Refusal | None:
    return against_holding_ask(person, thread) or (None if person.is_authenticated else MembersOnly())


def against_wanting(person, post) -> Refusal | None:
    """Say that one would like to hear the answer too."""
    return against_reacting(person, post) or (GatheringOver() if post.thread.is_over else None)
