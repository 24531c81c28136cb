"""Makes the index of search again, beside a running site, from wherever it was left."""

import sys

from django.core.management import BaseCommand
from django.db import connection

from accounts.models import Member
from community.forum import finding
from community.forum.models import Findable


class Command(BaseCommand):
    help = (
        "Makes what is missing in the index of search, or was made by older rules. Stopped, it goes on where it was; "
        "--all makes every entry again. Articles and people, who are few, are always made again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="every entry, not only those that are behind")
        parser.add_argument("--batch", type=int, default=1000, help="entries in one transaction (default 1000)")

    def handle(self, *, batch, **options):
        def tell(kind, last, made):
            self.stdout.write(f"{kind} up to {last}")

        done = finding.rebuild(most=sys.maxsize, size=max(batch, 1), everything=options["all"], tell=tell)
        people = self._people(max(batch, 1))
        pages = sum(1 for _ in finding.rebuild_above())
        with connection.cursor() as cursor:
            # The planner chooses between two ways of reading by how common a word is.
            cursor.execute(f'ANALYZE "{Findable._meta.db_table}"')
        self.stdout.write(f"{done} threads and posts, {people} people, {pages} articles.")

    def _people(self, size) -> int:
        last = done = 0
        while batch := list(Member.objects.after_id(last)[:size]):
            finding.note_members(batch)
            last, done = batch[-1].pk, done + len(batch)
        return done
