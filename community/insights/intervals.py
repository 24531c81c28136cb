"""How sure a share of few people can be."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 95 % of a normal distribution lie within this many deviations
FEW = 20


@dataclass(frozen=True)
class Share:
    """`part` of `whole` people, and the range in which the true share lies 95 times in 100.

    Wilson's score interval (E. B. Wilson 1927): unlike the textbook one it stays between 0 and 1 and holds for small numbers.
    """

    part: int | float  # people whose credit is shared come in hundredths
    whole: int | float

    @property
    def rate(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def is_few(self) -> bool:
        return self.whole < FEW

    @property
    def interval(self) -> tuple[float, float]:
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.rate
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return max(0.0, middle - reach), min(1.0, middle + reach)

    @property
    def percent(self) -> str:
        return f"{self.rate * 100:.1f} %"

    @property
    def rounded(self) -> str:
        return f"{self.rate * 100:.0f}"

    @property
    def hundredths(self) -> str:
        """For an attribute of a drawing."""
        return f"{self.rate * 100:.1f}"

    @property
    def range(self) -> str:
        low, high = self.interval
        return f"{low * 100:.1f}–{high * 100:.1f}"
