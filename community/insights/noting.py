"""Notes that stand on the line: written by hand, and those that campaigns put there by beginning and ending."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from community.insights.models import Annotation, questions


@dataclass(frozen=True)
class Note:
    day: date
    text: str
    pk: int | None = None  # of a note that somebody wrote, and may take away again


def notes_between(first: date, last: date) -> list[Note]:
    """Every note on these days, the earliest first."""
    notes = [Note(row.day, row.text, row.pk) for row in Annotation.objects.within(first, last)]
    for campaign in questions.campaigns_within(first, last):
        if campaign.starts_on and first <= campaign.starts_on <= last:
            notes.append(Note(campaign.starts_on, _("%(name)s begins") % {"name": campaign.name}))
        if campaign.ends_on and first <= campaign.ends_on <= last:
            notes.append(Note(campaign.ends_on, _("%(name)s ends") % {"name": campaign.name}))
    return sorted(notes, key=lambda note: (note.day, note.pk or 0, note.text))


@transaction.atomic
def write(*, day: date, text: str, by) -> Annotation:
    """The same words on the same day are one note."""
    row, _made = Annotation.objects.get_or_create(day=day, text=text.strip(), defaults={"by": by})
    return row


def take_away(*, note: Annotation):
    note.delete()
