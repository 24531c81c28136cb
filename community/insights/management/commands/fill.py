"""Fills the tallies of a span of days afresh; without a span, everything that has closed since the last time."""

import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from community.insights import days, filling


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no day; say it as 2026-03-09.") from error


class Command(BaseCommand):
    help = "Fill the tallies of the results, hour by hour as they have closed; or those of --from … --to afresh."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="first", type=a_day)
        parser.add_argument("--to", dest="last", type=a_day)

    def handle(self, *args, first, last, **options):
        began = time.perf_counter()
        if first or last:
            first, last = first or last, min(last or days.today(), days.today())
            if first > last:
                raise CommandError("The span ends before it begins.")
            filled = sum(filling.fill(day) is not None for day in days.span(first, last))
            filling.sum_months()
        else:
            filled = filling.catch_up(most=100_000)
        if options["verbosity"] > 0:
            self.stdout.write(f"{filled} days filled in {time.perf_counter() - began:.1f} s.")
