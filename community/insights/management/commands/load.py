"""Fills a site with as much made-up history as a benchmark wants. Never on a site with real people."""

import time

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Member
from community.forum import loading as talking
from community.insights import filling
from community.insights.loading import Loader, Plan

MOST_POSTS = 10_000_000


class Command(BaseCommand):
    help = (
        "Make believable clicks, members and what became of them, from a seed, and fill the tallies; or, with --posts, "
        "what people say: threads, posts, reactions and their entries in the index of search."
    )

    def add_arguments(self, parser):
        parser.add_argument("--clicks", type=int, help="100,000 unless told; none where only posts are asked for")
        parser.add_argument("--members", type=int, help="1,000 unless told; none without clicks")
        parser.add_argument("--posts", type=int, default=0)
        parser.add_argument("--days", type=int, default=365)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--without-tallies", action="store_true")

    def handle(self, *args, clicks, members, posts, days, seed, without_tallies, **options):
        clicks = (0 if posts else 100_000) if clicks is None else clicks
        members = min(clicks, 1_000) if members is None else members
        if not 0 < days <= 3_000 or clicks < members or members < 0:
            raise CommandError("Ask for at least as many clicks as members, over one to 3,000 days.")
        if not 0 <= posts <= MOST_POSTS:
            raise CommandError(f"Ask for up to {MOST_POSTS:,} posts.")
        if Member.objects.exclude(email__endswith=".example").exists():
            raise CommandError("There are people here who were not made up; this command only fills an empty site.")
        if clicks:
            self.click(Plan(clicks, members, days, seed), tallies=not without_tallies)
        if posts:
            began = time.perf_counter()
            talking.Loader(talking.Plan(posts, days, seed)).run(self.stdout.write)
            self.stdout.write(f"{posts:,} posts in {time.perf_counter() - began:.0f} s.")

    def click(self, plan, *, tallies):
        began = time.perf_counter()
        Loader(plan).run(self.stdout.write)
        self.stdout.write(
            f"{plan.clicks:,} clicks and {plan.members:,} members in {time.perf_counter() - began:.0f} s."
        )
        if tallies:
            began = time.perf_counter()
            filled = filling.catch_up(most=100_000)
            self.stdout.write(f"{filled} days filled in {time.perf_counter() - began:.0f} s.")
