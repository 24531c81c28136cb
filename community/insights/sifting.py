"""Whom a look lets through: the places and ways that its filters leave, as rows of tallies and as rows of facts."""

from functools import cached_property

from community.insights import gathering
from community.insights.lens import Lens
from community.insights.models import Source, Way, questions
from community.insights.models.tallies import BY_BOTH, BY_PART, BY_PLACE


class Chosen:
    """Whom a lens lets through: as rows of tallies, and as rows of facts."""

    def __init__(self, lens: Lens):
        self.lens = lens
        self.filters = lens.chosen()

    @cached_property
    def ways_known(self) -> dict[int, tuple]:
        return {row[0]: row[1:] for row in Way.objects.values_list("id", *gathering.WAY)}

    @cached_property
    def sources_known(self) -> dict[int, str]:
        return dict(Source.objects.values_list("id", "host"))

    @cached_property
    def links(self) -> list[int] | None:
        """The links that are left, or None for all of them. Nobody comes both through a link and without one."""
        if chosen := self.lens.chosen(questions.OF_LINKS):
            return [] if "source" in self.filters else questions.links_where(chosen)
        return [] if "source" in self.filters else None

    @property
    def fact_links(self) -> list[int] | None:
        """The links whose facts are looked at; those of a source are told apart row by row."""
        return None if "source" in self.filters and not self.lens.chosen(questions.OF_LINKS) else self.links

    @cached_property
    def places(self) -> list[int] | None:
        if "source" in self.filters and not self.lens.chosen(questions.OF_LINKS):
            return [-number for number, host in self.sources_known.items() if host in self.filters["source"]]
        return self.links

    @cached_property
    def ways(self) -> list[int] | None:
        chosen = self.lens.chosen(questions.OF_WAYS)
        return questions.ways_where(chosen) if chosen else None

    @property
    def shape(self) -> int:
        """The rows that tell places and ways apart as far as these filters do."""
        if self.ways is None:
            return BY_PLACE
        parts = self.lens.chosen(questions.OF_WAYS)
        return BY_PART[next(iter(parts))] if len(parts) == 1 else BY_BOTH

    def lets_through(self, link: int | None, source: str, way: tuple) -> bool:
        """Asked of a row of facts, whose way and source may have no number yet."""
        if link is None or self.links is None:
            place = self.links is None or source in self.filters.get("source", ())
        else:
            place = link in self._links
        return place and all(
            value in self.filters.get(name, [value]) for name, value in zip(gathering.WAY, way, strict=True)
        )

    @cached_property
    def _links(self) -> set[int]:
        return set(self.links or [])

    def where(self, *, place=True, way=True) -> tuple[str, list]:
        said, told = "", []
        if place and self.places is not None:
            said, told = f"{said} AND place = ANY(%s)", [*told, self.places]
        if way and self.ways is not None:
            said, told = f"{said} AND way = ANY(%s)", [*told, self.ways]
        return said, told

    def place_named(self, place: int) -> int | str:
        """A link by its number, a source by its word."""
        return place if place > 0 else self.sources_known.get(-place, "")
