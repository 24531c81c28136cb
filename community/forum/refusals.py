"""What the living room says no with; which of them when, access.py answers."""

from django.utils.translation import gettext_lazy as _

from community.commons.refusals import Refusal


class TierTooLow(Refusal):
    status = 403
    message = _("This is not open to your tier yet.")
    words = _("Open from the tier “%(tier)s” on.")

    def __init__(self, tier):
        super().__init__(self.words % {"tier": tier})


class StartsLater(TierTooLow):
    words = _("One starts a discussion here from the tier “%(tier)s” on.")


class RepliesLater(TierTooLow):
    words = _("You can read along here; one replies from the tier “%(tier)s” on.")


class MembersOnly(Refusal):
    status = 403
    message = _("Join first, it takes one code from your mailbox.")


class ThreadLocked(Refusal):
    status = 409
    message = _("This discussion is closed. You can read on, and start a new one.")


class ThreadGone(Refusal):
    status = 410
    message = _("This discussion has been taken away.")

    def __init__(self, *, near=None):
        super().__init__()
        self.near = near


class PostGone(Refusal):
    status = 410
    message = _("This post has been taken away.")


class NotYours(Refusal):
    status = 403
    message = _("Only the one who wrote it can change it.")


class AwaitsAHost(Refusal):
    status = 409
    message = _("A host looks at newcomers first. What you wrote is kept, and is published once they have.")


class PollClosed(Refusal):
    status = 409
    message = _("This poll has closed. What was chosen stands below.")


class GatheringOver(Refusal):
    status = 409
    message = _("The gathering is over. You can still answer below, or start a question of your own.")


class NotAnAnswer(Refusal):
    status = 409
    message = _("Only an answer to a question can be accepted.")


class OnlyTheAsker(Refusal):
    status = 403
    message = _("Only the one who asked, or a host, can say that this is the answer.")


class NeedsAHost(AwaitsAHost):
    """These words, not their author, are what a host reads first."""

    message = _("A host reads this first. What you wrote is kept, and you can still change it meanwhile.")

    def __init__(self, because, detail=""):
        super().__init__()
        self.because, self.detail = because, detail


class WordRefused(Refusal):
    status = 422
    message = _("There is a word in it that we do not want here. Nothing is lost: change it, then send it again.")


class OwnThing(Refusal):
    status = 409
    message = _("That is your own. You can change it, or take it away.")


class NotHere(Refusal):
    status = 403
    message = _("This board is for other kinds of discussions, or this kind is for hosts.")


class NoSuchReaction(Refusal):
    status = 422
    message = _("Choose one of the reactions.")


class ThreadElsewhere(Refusal):
    status = 409
    message = _("This discussion has become part of another. Send it once more, and it stands there.")


class PostElsewhere(Refusal):
    status = 409
    message = _("A host is just moving this post. Nothing is lost: send it once more.")


class EditedMeanwhile(Refusal):
    status = 409
    message = _("You changed this post elsewhere meanwhile. Both are here: yours in the field, the other one below.")


class StaysWhereItIs(Refusal):
    status = 409
    message = _("This discussion belongs to an article, and stays with it.")


class CannotBeMerged(Refusal):
    status = 409
    message = _("These two cannot become one: choose another discussion that is still there, and no poll or gathering.")


class OpeningStays(Refusal):
    status = 409
    message = _("The first post stays: without it nobody knows what the discussion was about.")


class HostsOnly(Refusal):
    status = 403
    message = _("Only hosts can do that.")
