"""Where one visit goes: closed or open, then the rules in order, then the split, then the link's own destination."""

from hashlib import blake2b
from math import inf, log
from struct import Struct
from typing import NamedTuple

from community.campaigns.destinations import Way
from community.campaigns.queries import Asked
from community.campaigns.rules import Fits

_EIGHT, _LARGEST = Struct(">8Q").unpack, log(2**64)
EARLY, ENDED, FULL, PAUSED = "early", "ended", "full", "paused"


class Choice(NamedTuple):
    way: Way | None  # None: no destination, a page says why
    variant: int | None = None
    outcome: str = ""
    rule: int | None = None  # which rule decided, from 0


class Turn(NamedTuple):
    """A rule as the door keeps it."""

    fits: Fits
    choice: Choice
    waits_for: bytes | None = None  # the parameter without which it fits nobody


class Arm(NamedTuple):
    number: int
    weight: int
    choice: Choice


def choose(route, *, knock, asked: Asked, at: float, full: bool = False) -> Choice:
    """The whole decision for one visit; `full` when it is known already that the limit was reached."""
    return shut(route, at=at, full=full) or open_way(
        route,
        agent=knock.voice.agent,
        language=knock.voice.language,
        asked=asked,
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


def open_way(route, *, agent, language: str, asked: Asked, at: float, visitor: bytes | None) -> Choice:
    """The first rule that fits decides; a split is for people, who have a name to stick to their arm by."""
    # Most visits bring none of the parameters that rules wait for, and most queries say so at a glance.
    turns = route.unasked if asked.is_literal and route.waits_for.isdisjoint(asked.names) else route.turns
    for fits, choice, _parameter in turns:
        if fits(agent, language, asked, at):
            return choice
    if route.arms and visitor:
        return arm_of(route.arms, link=route.link, visitor=visitor).choice
    return Choice(route.way)


def arm_of(arms, *, link: int, visitor: bytes) -> Arm:
    """The same arm for the same visitor, for as long as the arms stay as they are, without anything being kept.

    Each arm draws a number from the visitor's name, heavier arms draw smaller ones, and the smallest wins (rendezvous
    hashing with weights). When an arm is added, removed or weighed anew, only the people who must change do.
    """
    if len(arms) == 1:
        return arms[0]
    name = visitor + link.to_bytes(8, "big", signed=True)
    taken, least, block = arms[0], inf, -1
    for arm in arms:
        # One hash holds the numbers of eight arms, and a link has seldom had more.
        if arm.number >> 3 != block:
            block = arm.number >> 3
            numbers = _EIGHT(blake2b(name + block.to_bytes(2, "big")).digest())
        drawn = (_LARGEST - log(numbers[arm.number & 7] + 1)) / arm.weight
        if drawn < least:
            taken, least = arm, drawn
    return taken
