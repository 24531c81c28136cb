"""What is known of codes that nobody made: where they were asked for, and which link was most likely meant."""

from dataclasses import dataclass, field

from community.campaigns import wording
from community.campaigns.models import Miss, TrackedLink

MOST_PLACES = 4


@dataclass
class Orphan:
    code: str
    times: int
    first: object
    last: object
    places: list[tuple[str, int]] = field(default_factory=list)
    meant: TrackedLink | None = None


def meant(codes) -> dict[str, TrackedLink]:
    """For each code the link whose code differs least from it, if any differs little."""
    wanted = [code for code in codes if len(code) >= 2]
    if not wanted:
        return {}
    candidates = list(TrackedLink.objects.open().alike(wanted))
    found = {}
    for code in wanted:
        slips = 1 if len(code) < 6 else 2
        near = [(wording.distance(code, link.code_folded, slips), link) for link in candidates]
        near = [(distance, link) for distance, link in near if 0 < distance <= slips]
        if near:
            found[code] = min(near, key=lambda each: each[0])[1]
    return found


def described(rows) -> list[Orphan]:
    """A page of missed codes with where they came from and what was meant, in two questions for all."""
    orphans = {row["code"]: Orphan(row["code"], row["times"], row["first"], row["last"]) for row in rows}
    for row in Miss.objects.of_codes(list(orphans)).by_referrer():
        places = orphans[row["code"]].places
        if len(places) < MOST_PLACES:
            places.append((row["referrer"], row["times"]))
    for code, link in meant(list(orphans)).items():
        orphans[code].meant = link
    return list(orphans.values())
