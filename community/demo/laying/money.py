"""What it cost: Meta's own file, brought in as a marketer would, and sums typed in by hand."""

import csv
import io
import random
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate

from accounts.attending import day_of
from community.campaigns.costing import importing, spending
from community.campaigns.models import Campaign, Click, Expense, Sheet, TrackedLink
from community.demo import words
from community.demo.laying.people import everyone

HEAD = (
    "天數",
    "行銷活動名稱",
    "廣告名稱",
    "花費金額 (TWD)",
    "曝光次數",
    "觸及人數",
    "連結點擊次數",
    "成果",
    "成果指標",
    "分析報告開始",
    "分析報告結束",
)
FILE = "浮嶼咖啡-廣告報表.csv"


def links() -> dict[str, TrackedLink]:
    return {link.code: link for link in TrackedLink.objects.of_the_brand().select_related("campaign")}


@transaction.atomic
def lay_costs(now):
    if Sheet.objects.kept().exists() or Expense.objects.exists():
        return
    here, by = links(), everyone()["柏宇"]
    file = ContentFile(_file(here, now).encode("utf-8-sig"), name=FILE)
    importing.keep(sheet=importing.bring(file=file, name=FILE, by=by, kind="ads", currency="TWD"))
    campaigns = {campaign.key: campaign for campaign in Campaign.objects.all()}
    for told in words.front_door()["cost"]:
        spending.enter(
            campaign=campaigns[told["campaign"]],
            link=here.get(told.get("link", "")),
            kind=told["kind"],
            amount=Decimal(told["amount"]),
            currency="TWD",
            starts=localdate() - timedelta(days=told["from"]),
            ends=localdate() - timedelta(days=told["to"]),
            note=told["note"],
            by=by,
        )


def _file(here, now) -> str:
    """A report as Meta writes it in Taiwan: a row for each advertisement and day, and a total above them."""
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\r\n").writerow
    write(HEAD)
    for code, (a_day, since, until) in words.front_door()["meta"].items():
        dice, taps = random.Random(f"meta:{code}"), _taps_of(here[code])
        for age in range(since, until, -1):
            day = localdate(now) - timedelta(days=age)
            spent, clicks = round(a_day * dice.uniform(0.6, 1.4)), taps.get(day, 0)
            reach = round(spent * dice.uniform(9, 15))
            # Meta counts a look as a result, and so claims more than ever came.
            claimed = round(clicks * dice.uniform(0.06, 0.14))
            seen = [f"{spent:,}", f"{round(reach * 1.3):,}", f"{reach:,}", round(clicks * 1.2), claimed or ""]
            write([day, here[code].campaign.name, here[code].label, *seen, "完成註冊", day, day])
    return table.getvalue()


def _taps_of(link) -> dict:
    found: dict = {}
    for at in Click.objects.of_links([link.pk]).human().values_list("at", flat=True):
        found[day_of(at)] = found.get(day_of(at), 0) + 1
    return found
