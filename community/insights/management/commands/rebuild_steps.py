"""Writes members' steps down again from the facts, over any span of days."""

from datetime import date, timedelta

from django.core.management import BaseCommand

from accounts.attending import begin_of
from community.insights import stepping


class Command(BaseCommand):
    help = "Compares the steps members took with the facts of the rooms, and corrects what differs."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, YYYY-MM-DD")

    def handle(self, *, first, last, **options):
        start = begin_of(first) if first else None
        end = begin_of(last + timedelta(days=1)) if last else None
        done = stepping.rebuild(start, end)
        self.stdout.write(f"{done.made} written down, {done.moved} moved, {done.gone} taken back.")
