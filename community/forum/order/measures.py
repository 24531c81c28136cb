"""How often somebody may do something, by where they stand: the one table of it, which the guide for hosts repeats."""

from accounts.tiers import rank_of
from community.commons import limits
from community.forum import access

NEWCOMER, REGULAR = "newcomer", "regular"

# act: {standing: (so many, in so many seconds)}; hosts have no measure.
TABLE = {
    "start": {NEWCOMER: (3, 600), REGULAR: (5, 600)},
    "reply": {NEWCOMER: (6, 60), REGULAR: (8, 60)},
    "edit": {NEWCOMER: (20, 600), REGULAR: (20, 600)},
    "react": {NEWCOMER: (60, 60), REGULAR: (60, 60)},
    "report": {NEWCOMER: (5, 3600), REGULAR: (20, 3600)},
    "appeal": {NEWCOMER: (5, 3600), REGULAR: (5, 3600)},
    "distance": {NEWCOMER: (30, 3600), REGULAR: (60, 3600)},
}


def standing_of(member) -> str:
    """The tier alone tells: asked at every act, it must cost no question."""
    return REGULAR if rank_of(member) > access.FIRST_RANK else NEWCOMER


def require(member, act, *, kept=""):
    """Refuses (429) what goes beyond the measure of this member."""
    if not access.keeps_order(member):
        most, seconds = TABLE[act][standing_of(member)]
        limits.require(act, str(member.pk), most=most, seconds=seconds, kept=kept)
