"""Whether one arm of a split does better than another, or whether it is too early to say.

The test is Fisher's exact test, two-sided (R. A. Fisher, The Design of Experiments, 1935; the two-sided value sums every
table with the same margins that is no likelier than the one seen, as in R and SciPy). It is exact for any number of
people, however small, where the usual test of two proportions is not. More than two arms are each held against the best
of them, and their values corrected by Holm's step-down procedure (S. Holm, 1979), so that more arms do not make a
lucky one likelier.

The level is 1 %, not the customary 5 %, because people look at these figures every day and would stop at the first good
one. And nothing is said at all while there are too few people: see `is_few`.
"""

from dataclasses import dataclass
from math import exp, lgamma

from community.insights.intervals import Share

LEVEL = 0.01
FEWEST_PEOPLE = 100  # in each arm
FEWEST_STAYED = 10  # in all arms together
_SLACK = 1 + 1e-7  # tables as likely as the one seen must not drop out for a rounding error


def _choose(n: int, k: int) -> float:
    """The logarithm of the number of ways to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def fisher(a: int, n: int, b: int, m: int) -> float:
    """How likely a difference at least as great is if there is none: `a` of `n` stayed here, `b` of `m` there."""
    if not 0 <= a <= n or not 0 <= b <= m:
        raise ValueError("a part is not larger than its whole")
    stayed, whole = a + b, n + m
    all_ways = _choose(whole, stayed)

    def chance(x: int) -> float:
        return exp(_choose(n, x) + _choose(m, stayed - x) - all_ways)

    seen = chance(a) * _SLACK
    chances = (chance(x) for x in range(max(0, stayed - m), min(n, stayed) + 1))
    return min(1.0, sum(each for each in chances if each <= seen))


def holm(values: list[float]) -> list[float]:
    """The same values, made larger for how many there are; in the order they came in."""
    corrected, largest = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        largest = max(largest, min(1.0, values[place] * (len(values) - rank)))
        corrected[place] = largest
    return corrected


@dataclass(frozen=True)
class Verdict:
    """What can be said of a split: nothing yet, no difference that shows, or that one arm is ahead of all others."""

    is_few: bool
    best: int | None = None  # place of the arm with the highest rate
    value: float | None = None  # the largest corrected value against the others
    is_ahead: bool = False


def judge(arms: list[Share]) -> Verdict:
    """`arms` are those who stayed, of those who came and had the time to stay."""
    if len(arms) < 2 or min(arm.whole for arm in arms) < FEWEST_PEOPLE or sum(arm.part for arm in arms) < FEWEST_STAYED:
        return Verdict(is_few=True)
    best = max(range(len(arms)), key=lambda place: (arms[place].rate, arms[place].whole))
    others = [arm for place, arm in enumerate(arms) if place != best]
    lead = (int(arms[best].part), int(arms[best].whole))  # people, never parts of credit
    values = holm([fisher(*lead, int(other.part), int(other.whole)) for other in others])
    return Verdict(False, best, max(values), max(values) < LEVEL)
