"""Compiles every catalogue of words (.po) of this project without gettext's own tools."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the project's .po files to .mo where they have changed."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        done = 0
        for po in sorted(Path(settings.BASE_DIR).glob("*/**/locale*/*/LC_MESSAGES/*.po")):
            if any(part in {"var", ".venv", "node_modules"} for part in po.relative_to(settings.BASE_DIR).parts):
                continue
            mo = po.with_suffix(".mo")
            if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
                continue
            with po.open("rb") as source:
                catalogue = read_po(source)
            fresh = mo.with_suffix(f".mo.{os.getpid()}")  # another may be compiling them just now
            with fresh.open("wb") as target:
                write_mo(target, catalogue)
            fresh.replace(mo)
            done += 1
        self.stdout.write(f"{done} catalogues compiled")
