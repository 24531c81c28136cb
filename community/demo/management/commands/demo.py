"""Lays out the demo brand; run again, it finishes what is missing and changes nothing else."""

import json
import logging
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Member
from community.campaigns.models import TrackedLink
from community.demo import laying, words
from community.demo.laying.people import find

TRY = ("spring-fb", "plurk-help", "estate-ig", "thu-line")
SIGN_INS = (
    ("member@demo.example", "K，常客", "K, a regular"),
    ("editor@demo.example", "詠晴，編輯", "詠晴, the editor"),
    ("marketer@demo.example", "柏宇，行銷企劃", "柏宇, the marketer"),
    ("admin@demo.example", "小嶼，店長，管理員", "小嶼, who keeps the shop and the keys"),
)


class Command(BaseCommand):
    help = "Lay out the demo brand, or finish doing so."

    def add_arguments(self, parser):
        parser.add_argument("--show", action="store_true", help="print its links and sign-ins as JSON, change nothing")

    def handle(self, *args, show, **options):
        if show:
            self.stdout.write(json.dumps(shown(), ensure_ascii=False))
            return
        refuse_among_real_people()
        for loud in ("django_tasks", "wagtail"):  # each page published would be told in six lines
            logging.getLogger(loud).setLevel(logging.WARNING)
        for says, do in laying.steps():
            began = time.perf_counter()
            do()
            if options["verbosity"] > 0:
                self.stdout.write(f"{says} ({time.perf_counter() - began:.1f} s)")
                self.stdout.flush()


def shown() -> dict:
    """What there is to try: only what is really there."""
    people = {person.email: person for person in words.people()}
    return {
        "links": [link.path for code in TRY for link in TrackedLink.objects.coded(code)],
        "sign_ins": [{"email": email, "who_zh": zh, "who_en": en} for email, zh, en in SIGN_INS if find(people[email])],
    }


def refuse_among_real_people():
    """Nobody should find sixty people in their community who do not exist."""
    if settings.DEMO:
        return
    if real := Member.objects.exclude(email__endswith="@demo.example").count():
        raise CommandError(
            f"This site has {real} members of its own, so the demo brand is not laid out among them. "
            "Use another data folder (VAR_DIR) and DEMO=on to look at it."
        )
