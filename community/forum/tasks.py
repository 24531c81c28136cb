"""What happens in this room without anybody asking."""

from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.utils.timezone import localdate, now

from community.forum import bookmarking, cooking, discussing, drafting, finding, picturing
from community.forum.cards import asking
from community.forum.hosting import timing
from community.forum.kinds import gathering, polling
from community.forum.models import Bookmark, Gathering, Held, LinkCard, Mention, MissedSearch, Poll, Post
from community.forum.order import reporting
from community.forum.refusals import PostElsewhere, PostGone

MOST_A_DAY = 2_000  # different words: a machine that asks for nonsense fills no table
MISSED_KEPT_FOR = timedelta(days=90)
RENEWED_AT_ONCE, BATCH = 20_000, 500
COOKED_AT_ONCE = 20_000
AT_ONCE, MOST_REMINDED = 200, 2_000  # a minute later there is another turn


@shared_task
def keep_time():
    """Opens, closes and takes down what is due; whatever another worker has told is told."""
    timing.tell_what_is_due()


@shared_task
def drop_expired_held():
    """Lets go of words whose author never joined, and of the traces of those who did."""
    Held.objects.let_go().delete()


@shared_task
def count_missed(words):
    """Counts a search that found nothing. Told twice it counts twice, which no one would mind."""
    MissedSearch.objects.count_one(words, localdate(), MOST_A_DAY)


@shared_task
def forget_missed():
    """Lets go of what was searched in vain long ago."""
    MissedSearch.objects.before(localdate() - MISSED_KEPT_FOR).delete()


@shared_task
def renew_index():
    """Makes again what search knows by older rules, some thousands at a time, until nothing is left."""
    if finding.is_behind():
        finding.rebuild(most=RENEWED_AT_ONCE, size=BATCH)


@shared_task
def cook_again():
    """Cooks what was cooked by older rules, some thousands a night; the words themselves stay as they were written."""
    older = Post.objects.cooked_before(cooking.POLICY).after_id(0)
    for pk in older.values_list("pk", flat=True)[:COOKED_AT_ONCE]:
        discussing.cook_again(post=Post(pk=pk))


@shared_task
def renew_post(post_id):
    """Cooks one post again: what its links lead to tells something else by now."""
    with suppress(PostGone, PostElsewhere):
        discussing.cook_again(post=Post(pk=post_id))


@shared_task
def ask_card(card_id):
    """Asks what a link leads to, and shows it in every post that leads there; another worker's card is left alone."""
    for pk in asking.ask(card_id):
        renew_post(pk)


@shared_task
def sweep_cards():
    """Asks about links whose turn was lost on the way, and lets go of cards that no post shows."""
    for pk in LinkCard.objects.left_lying().values_list("pk", flat=True)[:AT_ONCE]:
        ask_card.delay(str(pk))
    while asking.sweep():
        pass


@shared_task
def rename(member_id):
    """Posts that name a member call them as they are called now."""
    for pk in Mention.objects.of_member(member_id).posts():
        discussing.cook_again(post=Post(pk=pk))


@shared_task
def keep_hours():
    """Polls that have closed, gatherings that begin and end, and those who want to be told before: each once.

    Readers never wait for this, pages know the time; it rings, and renews what is open or kept.
    """
    moment = now()
    for pk in Poll.objects.ended_untold(moment).values_list("pk", flat=True)[:AT_ONCE]:
        polling.note_closed(pk)
    for pk, told in Gathering.objects.turned(moment).values_list("pk", "told")[:AT_ONCE]:
        gathering.note_turn(pk, told)
    for pk in gathering.due(moment).values_list("pk", flat=True)[:MOST_REMINDED]:
        gathering.tell_reminder(pk)


@shared_task
def forget_traces_of_reports():
    """Which browser and household a report came from is of use for some weeks only."""
    reporting.forget_traces()


@shared_task
def sweep_drafts():
    """Lets go of drafts that were left lying."""
    while drafting.sweep():
        pass


@shared_task
def sweep_pictures():
    """Lets go of pictures that were chosen and never sent."""
    while picturing.sweep():
        pass


@shared_task
def remind():
    """Rings for what members wanted to come back to by now, each once; what another worker has told is told."""
    moment = now()
    for pk in Bookmark.objects.due(moment).values_list("pk", flat=True)[:MOST_REMINDED]:
        bookmarking.remind(pk, moment)
