"""What the bell says about questions, polls and gatherings."""

from django.utils.translation import gettext_lazy as _

from community.forum.kinds import answering, gathering, polling
from community.notices import kinds

SENTENCES = {
    answering.ACCEPTED: _("Your answer helped: it was accepted in “%(title)s”."),
    polling.CLOSED: _("Your poll “%(title)s” has closed. Votes: %(voters)s."),
    gathering.REMINDS: _("“%(title)s” begins at %(time)s."),
}


def register():
    for kind, sentence in SENTENCES.items():
        kinds.register(kind, sentence)
