"""Where one visit goes: closed or open, then the rules in order, then the split, then the link's own destination."""

import hashlib
import math
from typing import NamedTuple

from community.campaigns.destinations import Way
from community.campaigns.rules import Asked, Test

EARLY, ENDED, FULL, PAUSED = "early", "ended", "full", "paused"


class Turn(NamedTuple):
    """A rule as the door keeps it."""

    test: Test
    way: Way


class Arm(NamedTuple):
    number: int
    weight: int
    way: Way


class Choice(NamedTuple):
    way: Way | None  # None: no destination, a page says why
    variant: int | None = None
    outcome: str = ""
    rule: int | None = None  # which rule decided, from 0


def choose(route, *, knock, query: bytes, at: float, full: bool = False) -> Choice:
    """The whole decision for one visit; `full` when it is known already that the limit was reached."""
    return shut(route, at=at, full=full) or open_way(
        route,
        agent=knock.voice.agent,
        language=knock.voice.language,
        query=query,
        at=at,
        visitor=knock.visitor,
    )


def shut(route, *, at: float, full: bool = False) -> Choice | None:
    """What stands in the way of everybody, if anything does. A pause comes first: it was somebody's hand just now."""
    if route.paused:
        return Choice(None, None, PAUSED)
    if route.opens and at < route.opens:
        return Choice(route.before, None, EARLY)
    if route.closes and at >= route.closes:
        return Choice(route.after, None, ENDED)
    if full:
        return Choice(route.full, None, FULL)
    return None


def open_way(route, *, agent, language: str, query: bytes, at: float, visitor: bytes | None) -> Choice:
    """The first rule that fits decides; a split is for people, who have a name to stick to their arm by."""
    asked = Asked(query)
    for number, (test, way) in enumerate(route.turns):
        if test.fits(agent=agent, language=language, asked=asked, at=at):
            return Choice(way, None, "", number)
    if route.arms and visitor:
        arm = arm_of(route.arms, link=route.link, visitor=visitor)
        return Choice(arm.way, arm.number)
    return Choice(route.way)


def arm_of(arms, *, link: int, visitor: bytes) -> Arm:
    """The same arm for the same visitor, for as long as the arms stay as they are, without anything being kept.

    Each arm draws a number from the visitor's name, heavier arms draw smaller ones, and the smallest wins (rendezvous
    hashing with weights). When an arm is added, removed or weighed anew, only the people who must change do.
    """
    if len(arms) == 1:
        return arms[0]
    seed = visitor + link.to_bytes(8, "big", signed=True)

    def draw(arm: Arm) -> float:
        digest = hashlib.blake2b(seed + arm.number.to_bytes(2, "big"), digest_size=7).digest()
        return -math.log((int.from_bytes(digest, "big") + 1) / 2**56) / arm.weight

    return min(arms, key=draw)
