"""Who hears at the bell of what hosts did with a talk: whoever began what became part of another, whoever wrote what left."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from community.forum import access
from community.forum.models import Thread
from community.notices import ringing

MERGED, SPLIT = "talk_merged", "talk_split"
SENTENCES = {
    MERGED: _("A host put your discussion “%(title)s” together with “%(other)s”. Everything is there."),
    SPLIT: _("A host gave what you wrote in “%(title)s” a discussion of its own: “%(other)s”"),
}


def tell_on_commit(kind, *, people, by, former, now_in, url, about):
    """After it is done, each ring for itself: bells are locked one at a time. Nobody hears of what they did themselves."""
    pks = sorted(set(people) - {by.pk})
    transaction.on_commit(partial(_tell, kind, pks, former.title, now_in.pk, url, about), robust=True)


def _tell(kind, pks, title, place, url, about):
    thread = Thread.objects.for_reading().with_pk(place)
    if thread is None or thread.is_gone:
        return
    for member in Member.objects.public().numbered(pks).select_related("tier").order_by("pk"):
        if access.may_see(member, thread):
            params = {"title": title, "other": thread.title}
            ringing.ring(member=member, kind=kind, params=params, url=url, about=about)
