"""A year of Meta's ads in one file: read, looked at and kept, beside reading the same file with csv alone."""

import csv
import json
import os
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from community.running.folder import ROOT
from tests import databases
from tests.bench import Figure

ROWS = 100_000
ADS = 300


def run() -> list[Figure]:
    path = Path(settings.VAR_DIR) / "meta.csv"
    write(path)
    name = databases.copy("bench_meta_csv")
    try:
        alone = child("alone", path, name)
        first = child("import", path, name)
        again = child("import", path, name)
    finally:
        databases.drop(name)
        size = path.stat().st_size / 1e6
        path.unlink()
    note = f"{ROWS:,} rows, {size:.0f} MB"
    reference = ("csv alone", alone["seconds"])
    return [
        Figure("Meta CSV brought and kept", first["seconds"], "s", most=20.0, note=f"{note}; {first['said']}"),
        Figure("the same, beside reading it", first["seconds"], "s", *reference, note="a ratio that travels"),
        Figure("the same file again, all replaced", again["seconds"], "s", most=20.0, note=again["said"]),
        Figure(
            "most memory held", max(first["held"], again["held"]), "MB", most=300.0, note="resident, Django and all"
        ),
        Figure("memory of Django before it", first["before"], "MB"),
    ]


def write(path: Path):
    """Daily rows of three hundred ads with the columns an export usually has, in UTF-8 with its mark."""
    headers = "行銷活動名稱,廣告組合名稱,廣告名稱,廣告編號,天數,花費金額 (TWD),曝光次數,觸及人數,頻率,成果,點擊次數（全部）,連結點擊次數,"
    headers += "連結頁面瀏覽次數,購買次數,購買轉換值,CPM（每千次廣告曝光成本） (TWD),CTR（連結點閱率）,歸因設定,分析報告開始,分析報告結束,填寫問卷"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(headers.split(","))
        for number in range(ROWS):
            ad, day = number % ADS, (date(2025, 11, 1) + timedelta(days=number // ADS)).isoformat()
            names = [f"行銷活動 {ad % 12}", f"廣告組合 {ad % 60}", f"手沖咖啡貼文廣告 {ad}", f"1202110000{ad:05}"]
            figures = [
                f"{1000 + number % 997:,}.{number % 100:02}",
                f"{12000 + number % 7000:,}",
                f"{9000 + number % 999:,}",
                "1.33",
            ]
            counts = [str(number % 40), "410", "96", "88", str(number % 3), f"{number % 3 * 1280:,}", "105.20", "0.82"]
            writer.writerow([*names, day, *figures, *counts, "點擊後 7 天", day, day, str(number % 5)])


def child(what: str, path: Path, name: str) -> dict:
    """In a process of its own, whose memory is nobody else's."""
    env = {**os.environ, "DATABASE_URL": databases.url_of(name)}
    command = [sys.executable, "-m", "tests.bench.bench_meta_csv", what, str(path)]
    return json.loads(subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)


def alone(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return f"{sum(1 for _ in csv.reader(source)):,} lines"


def brought(path: Path) -> str:
    from django.core.files import File

    from community.campaigns.costing import importing
    from community.campaigns.models import AdFigure

    with path.open("rb") as source:
        sheet = importing.bring(file=File(source), name=path.name, by=None)
        brought_at = time.perf_counter()
        importing.keep(sheet=sheet)
    keeping = time.perf_counter() - brought_at
    stand = AdFigure.objects.standing().count()
    return f"{stand:,} rows stand; keeping alone {keeping:.1f} s"


def held() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(what: str, path: Path):
    if what == "import":
        import django

        django.setup()
        from django.db import connection

        connection.ensure_connection()
    before, started = held(), time.perf_counter()
    said = (alone if what == "alone" else brought)(path)
    seconds, busy = time.perf_counter() - started, time.process_time()
    print(json.dumps({"seconds": seconds, "before": before, "held": held(), "said": f"{said}; own work {busy:.1f} s"}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
