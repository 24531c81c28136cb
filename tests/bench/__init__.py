"""Benchmarks: each figure stands beside a physical reference measured in the same run, because ratios travel.

A room writes `bench_<name>.py` here with `def run() -> list[Figure]`. It may start `tests.site.Site` on a copy of the
migrated template database; the database is durable here, as on a real site.
"""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """`value` beside `reference`, both in `unit`; `least` is the ratio that DESIGN.md asks for, where it does."""

    name: str
    value: float
    unit: str
    reference_name: str = ""
    reference: float | None = None
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def is_met(self) -> bool:
        """Budgets are on the ratio where there is a reference, else on the figure itself."""
        judged = self.value if self.ratio is None else self.ratio
        return (self.least is None or judged >= self.least) and (self.most is None or judged <= self.most)

    def as_json(self) -> dict:
        return {**asdict(self), "ratio": self.ratio, "is_met": self.is_met}

    def as_text(self) -> str:
        said = f"{self.name}: {_number(self.value)} {self.unit}"
        if self.ratio is not None:
            said += f" · {self.reference_name}: {_number(self.reference)} {self.unit} · ratio {self.ratio:.2f}"
        if self.least is not None or self.most is not None:
            bound = f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
            said += f" · {'met' if self.is_met else 'MISSED'} ({bound})"
        return said + (f" · {self.note}" if self.note else "")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
