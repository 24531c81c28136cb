"""What the bell says about questions, polls and gatherings."""

from django.utils.translation import gettext_lazy as _

from community.forum.kinds import answering, gathering, polling

SENTENCES = {
    answering.ACCEPTED: _("Your answer helped: it was accepted in “%(title)s”."),
    polling.CLOSED: _("Your poll “%(title)s” has closed. Votes: %(voters)s."),
    gathering.REMINDS: _("“%(title)s” begins at %(time)s."),
}
