"""What this room does when the ground tells it something, and when one of its own rows has changed."""

from django.utils.timezone import now

from accounts import recording
from community.commons import public
from community.forum import finding, holding, picturing, streams, tasks
from community.forum.cards import asking, renewing
from community.forum.models import Act, Board, Lock, Mention, Post, Removal, Thread
from community.live import publishing


def publish_what_was_held(sender, *, member, visitor, **kwargs):
    holding.publish_held(member=member, visitor=visitor)


def publish_what_waited_for_a_host(sender, *, member, **kwargs):
    holding.publish_all_of(member=member)


FOUND_BY = {"name", "handle", "mark"}


def note_member(sender, *, instance, update_fields=None, **kwargs):
    """Whoever is called something else is found by it. Signing in saves a member too, and changes nothing of this."""
    if update_fields is None or FOUND_BY & set(update_fields):
        finding.note_member(instance)
        if Mention.objects.of_member(instance).exists():
            tasks.rename.delay_on_commit(instance.pk)


def meet_or_part(sender, *, instance, **kwargs):
    """Somebody blocked somebody, or does no more: pages that both have open name the one to the other no longer, or again."""
    for member in (instance.member_id, instance.other_id):
        publishing.recheck_on_commit(member)


def drop_files(sender, *, instance, **kwargs):
    picturing.drop_files(instance)


def drop_files_of_card(sender, *, instance, **kwargs):
    asking.drop_files(instance)


def ask_about(sender, *, instance, created, **kwargs):
    """A post leads somewhere: that page is asked what it is, unless that is known."""
    if created and instance.card and instance.card.expires_at <= now():
        tasks.ask_card.delay_on_commit(str(instance.card_id))


# After these a thread may be open to others than before; or a post that is linked to stands in another.
MAY_SHUT = {Act.Kind.MOVED, Act.Kind.MERGED, Act.Kind.SCHEDULED, Act.Kind.OPENED, Act.Kind.SPLIT}


def renew_cards(sender, *, instance, **kwargs):
    """The cards of a thread in other threads tell of it, or do not any more."""
    match instance:
        case Act(kind=kind) if instance.thread_id and kind in MAY_SHUT:
            renewing.of_thread(instance.thread_id)
        case Removal():
            renewing.of_thread(instance.thread_id or instance.post.thread_id)
        case Board():
            renewing.of_board(instance)


def renew_cards_of_thread(sender, *, thread, **kwargs):
    renewing.of_thread(thread.pk)


def forget_pages(sender, *, instance, **kwargs):
    """However a row came to change, at the desk or by a verb: no stranger is shown what it was before."""
    match instance:
        case Thread():
            streams.forget_on_commit(instance.pk)
        case Post():
            streams.forget_on_commit(instance.thread_id)
        case Lock() | Removal():
            thread = instance.thread_id or instance.post.thread_id
            streams.forget_on_commit(thread)
            if isinstance(instance, Removal) and instance.thread_id:
                streams.recheck_on_commit(instance.thread)  # whoever has it open hears that it is gone
        case Board():
            public.purge_on_commit(public.EVERYTHING)
            streams.recheck_all_on_commit()


LOGGED_BY_THE_VERB = {Act.Kind.LOCKED, Act.Kind.UNLOCKED}  # see moderating.py


def note_act(sender, *, instance, created, **kwargs):
    """What hosts do with threads stands in the log of all staff acts too; what authors and the clock do does not."""
    if not created or instance.by is None or not instance.by.is_staff or instance.kind in LOGGED_BY_THE_VERB:
        return
    thread = instance.thread
    recording.record(
        by=instance.by,
        act=f"thread.{instance.kind}",
        member=thread and thread.author,
        thing=f"thread-{thread.pk}" if thread else f"board-{instance.board_id}",
        why=instance.reason,
        before=instance.before or None,
        after=instance.after or None,
    )
