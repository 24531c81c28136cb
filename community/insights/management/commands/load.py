"""Fills a site with as much made-up history as a benchmark wants. Never on a site with real people."""

import time

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Member
from community.insights import filling
from community.insights.loading import Loader, Plan


class Command(BaseCommand):
    help = "Make believable clicks, members and what became of them, from a seed; then fill the tallies."

    def add_arguments(self, parser):
        parser.add_argument("--clicks", type=int, default=100_000)
        parser.add_argument("--members", type=int, default=1_000)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--without-tallies", action="store_true")

    def handle(self, *args, clicks, members, days, seed, without_tallies, **options):
        if not 0 < days <= 3_000 or clicks < members or members < 0:
            raise CommandError("Ask for at least as many clicks as members, over one to 3,000 days.")
        if Member.objects.exclude(email__endswith=".example").exists():
            raise CommandError("There are people here who were not made up; this command only fills an empty site.")
        began = time.perf_counter()
        Loader(Plan(clicks, members, days, seed)).run(self.stdout.write)
        self.stdout.write(f"{clicks:,} clicks and {members:,} members in {time.perf_counter() - began:.0f} s.")
        if not without_tallies:
            began = time.perf_counter()
            filled = filling.catch_up(most=100_000)
            self.stdout.write(f"{filled} days filled in {time.perf_counter() - began:.0f} s.")
