"""Tells Django of this room, says what can be watched here, and listens at the door for people whose words it keeps."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from accounts.signals import let_through, signed_in
from community.forum.signals import retold
from community.live import topics
from community.notices import kinds

# The modules that have something to say at the bell.
SPEAKING = (
    "bookmarking",
    "echoing",
    "hosting.telling",
    "kinds.sentences",
    "mentioning",
    "order.telling",
    "resounding",
)


class ForumConfig(AppConfig):
    name = "community.forum"
    label = "forum"
    verbose_name = _("Forum")

    def ready(self):
        streams = import_module("community.forum.streams")
        receiving = import_module("community.forum.receiving")
        topics.register(streams.ThreadTopic())
        topics.register(import_module("community.forum.catching_up").ReadTopic())
        topics.register(import_module("community.forum.stirring").BoardTopic())
        for name in SPEAKING:
            kinds.register(import_module(f"community.forum.{name}").SENTENCES)
        import_module("community.forum.order.labels").register()
        for name in ("Board", "Thread", "Post", "Lock", "Removal"):
            for signal in (post_save, post_delete):
                signal.connect(
                    receiving.forget_pages, sender=self.get_model(name), dispatch_uid=f"forum forgets {name}"
                )
        for name in ("Act", "Removal", "Board"):
            for signal in (post_save, post_delete):
                signal.connect(receiving.renew_cards, sender=self.get_model(name), dispatch_uid=f"cards of {name}")
        retold.connect(receiving.renew_cards_of_thread, dispatch_uid="cards of threads that tell something else")
        post_save.connect(receiving.ask_about, sender=self.get_model("Reference"), dispatch_uid="forum asks of links")
        post_delete.connect(
            receiving.drop_files_of_card, sender=self.get_model("LinkCard"), dispatch_uid="forum drops cards"
        )
        post_save.connect(receiving.note_act, sender=self.get_model("Act"), dispatch_uid="forum logs acts")
        post_delete.connect(receiving.drop_files, sender=self.get_model("Picture"), dispatch_uid="forum drops pictures")
        for signal in (post_save, post_delete):
            signal.connect(receiving.meet_or_part, sender="accounts.Distance", dispatch_uid="forum keeps people apart")
        let_through.connect(receiving.publish_what_waited_for_a_host, dispatch_uid="forum publishes what waited")
        post_save.connect(
            receiving.note_member, sender=settings.AUTH_USER_MODEL, dispatch_uid="forum finds members by name"
        )
        signed_in.connect(receiving.publish_what_was_held, dispatch_uid="forum publishes held acts")
