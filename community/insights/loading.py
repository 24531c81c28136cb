"""Believable history in any amount, for benchmarks: COPY streams made from a seed, so that two runs tell the same story."""

import math
import random
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from django.db import connection, transaction

from accounts.models import Member, Tier
from community.campaigns import partitions
from community.campaigns.channels import Channel
from community.campaigns.models import Campaign, TrackedLink

NAMED = {
    "campaigns_click": "id visitor at link_id agent trigger app os device language referrer agent_said query fresh",
    "campaigns_step": "id visitor click at link_id kind path source app os device language",
    "accounts_member": "id password is_superuser email handle handle_folded name mark tier_id locale time_zone is_active "
    "is_staff proven_at joined_at named_at held_because",
    "accounts_standing": "member_id tier_id since source reason",
    "campaigns_claim": "visitor member_id at",
    "campaigns_conversion": "member_id kind at ref amount currency changed_at",
    "accounts_activeday": "member_id day",
}
# App, system, device and how often; a link's own channel makes its own app likelier.
WAYS = (
    ("facebook", "ios", "phone", 16),
    ("facebook", "android", "phone", 22),
    ("line", "ios", "phone", 11),
    ("line", "android", "phone", 9),
    ("instagram", "ios", "phone", 8),
    ("instagram", "android", "phone", 4),
    ("threads", "ios", "phone", 3),
    ("", "ios", "phone", 8),
    ("", "android", "phone", 7),
    ("", "windows", "desktop", 8),
    ("", "macos", "desktop", 3),
    ("", "ios", "tablet", 1),
)
TONGUES = (("zh-TW", 84), ("zh-HK", 3), ("zh-CN", 2), ("en-US", 7), ("ja-JP", 2), ("vi-VN", 1), ("id-ID", 1))
MACHINES = (("preview", 12), ("search", 5), ("scanner", 3), ("unknown", 2))
HUMANS = 80  # of a hundred clicks
# How many of a hundred go on from one step to the next, in an app's own browser and in an ordinary one.
STEPS = (("painted", 84, 95), ("join_opened", 9, 13), ("code_asked", 62, 72), ("code_entered", 71, 88))
CHANNELS = ("facebook_page", "facebook_ads", "line_oa", "instagram", "threads", "plurk", "ptt", "dcard", "email", "qr")
LIKELY = {
    "facebook_page": "facebook",
    "facebook_ads": "facebook",
    "line_oa": "line",
    "instagram": "instagram",
    "threads": "threads",
}
CLOCK = (2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 9, 8, 7, 7, 7, 8, 9, 11, 13, 14, 11, 6)


@dataclass(frozen=True)
class Plan:
    clicks: int
    members: int
    days: int
    seed: int


class Lines:
    """Rows on their way into each table."""

    def __init__(self):
        self.rows: dict[str, list[str]] = defaultdict(list)

    def copy(self):
        with connection.cursor() as cursor:
            for table, columns in NAMED.items():
                if rows := self.rows.pop(table, None):
                    names = ", ".join(f'"{name}"' for name in columns.split())
                    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                        copy.write("".join(rows))


class Loader:
    """Makes a number of days, one after the other, up to yesterday."""

    def __init__(self, plan: Plan, today: datetime | None = None):
        self.plan, self.chance = plan, random.Random(plan.seed)  # noqa: S311 (made-up history, no secret)
        end = (today or datetime.now(UTC)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        self.end, self.begin = end, end - timedelta(days=plan.days)
        self.lines, self.member = Lines(), 0
        self.tier = Tier.objects.order_by("rank").first()
        self.pools: dict[str, tuple[list[tuple], list[int]]] = {}
        self.lately: list[str] = []

    def run(self, say=lambda text: None):
        partitions.ensure(self.begin, self.end)
        self.member = Member.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        links = self.links()
        shares = [self.weight(day) for day in range(self.plan.days)]
        whole, done, joined = sum(shares), 0, 0
        for day, share in enumerate(accumulate(shares)):
            clicks, members = round(self.plan.clicks * share / whole), round(self.plan.members * share / whole)
            with transaction.atomic():
                self.day(self.begin + timedelta(days=day), links, clicks - done, members - joined, day)
                self.lines.copy()
            done, joined = clicks, members
            if day % 50 == 49:
                say(f"{done:,} clicks, {joined:,} members")
        self.settle()

    def weight(self, day: int) -> float:
        """A brand that grows, with quiet Mondays and now and then a campaign that everybody talks about."""
        week = (0.8, 0.9, 1.0, 1.1, 1.15, 1.1, 0.95)[day % 7]
        return (1 + day / self.plan.days) * week * (self.chance.uniform(2, 3) if self.chance.random() < 0.02 else 1)

    def links(self) -> list[tuple[TrackedLink, int, float]]:
        """Links with the day they were posted and how loud they were; each post is forgotten within days."""
        many = min(1_000, max(12, self.plan.clicks // 8_000))
        stamp = f"{self.plan.seed}-{self.begin:%y%m%d%H}"
        campaigns = Campaign.objects.bulk_create(
            Campaign(
                name=f"檔期 {number + 1}",
                key=f"load-{stamp}-{number}",
                starts_on=self.begin + timedelta(days=number * self.plan.days // (many // 12 + 1)),
            )
            for number in range(many // 12 + 1)
        )
        made = []
        for number in range(many):
            born = number * self.plan.days // many
            channel = self.chance.choice(CHANNELS)
            code = f"load-{stamp}-{number}"
            link = TrackedLink(
                code=code, code_folded=code, campaign=campaigns[number // 12], channel=channel, label=f"第 {number + 1} 則",
                address=f"/forum/{number % 7}/", utm_source=Channel(channel).value.split("_")[0],
            )  # fmt: skip
            made.append((link, born, self.chance.paretovariate(1.2)))
        TrackedLink.objects.bulk_create([link for link, _born, _loud in made], batch_size=500)
        return made

    def ways(self, channel: str):
        """Every row's tail of app, system, device and language, with how often it is met on this channel."""
        if channel not in self.pools:
            rows, weights = [], []
            for app, system, device, often in WAYS:
                for tongue, share in TONGUES:
                    rows.append((app, system, device, tongue))
                    weights.append(often * share * (6 if app and LIKELY.get(channel) == app else 1))
            self.pools[channel] = rows, list(accumulate(weights))
        return self.pools[channel]

    def day(self, begin: datetime, links, clicks: int, members: int, day: int):
        chance = self.chance
        alive = [(link, loud * (math.exp(-(day - born) / 4) + 0.004)) for link, born, loud in links if born <= day]
        chosen = chance.choices([link for link, _weight in alive], [weight for _link, weight in alive], k=clicks)
        hours = chance.choices(range(24), CLOCK, k=clicks)
        start = begin.timestamp()
        times = sorted(start + ((hour - 8) % 24) * 3600 + chance.random() * 3600 for hour in hours)
        joins = set(chance.sample(range(clicks), min(members, clicks)))
        for number, (link, at) in enumerate(zip(chosen, times, strict=True)):
            self.click(link, at, number in joins)
        self.lately = self.lately[-20_000:]

    def click(self, link, at: float, joins: bool):
        chance, rows = self.chance, self.lines.rows
        ms = int(at * 1000)
        noise = chance.getrandbits(76 + 128)
        key = f"{ms:012x}7{noise & (1 << 12) - 1:03x}8{(noise >> 12) & (1 << 60) - 1:015x}"
        moment = f"{_second(int(at))}.{ms % 1000:03d}+00"
        if not joins and chance.random() * 100 >= HUMANS:
            kind = chance.choices([name for name, _often in MACHINES], [often for _name, often in MACHINES])[0]
            rows["campaigns_click"].append(
                f"{key}\t\\N\t{moment}\t{link.pk}\t{kind}\tlink\t\t\t\t\t\t{kind}bot/1.0\t\tf\n"
            )
            return
        pool, weights = self.ways(link.channel)
        app, system, device, tongue = pool[bisect(weights, chance.random() * weights[-1])]
        fresh = joins or not self.lately or chance.random() < 0.72
        visitor = f"{noise >> 76:032x}" if fresh else chance.choice(self.lately)
        if fresh:
            self.lately.append(visitor)
        rows["campaigns_click"].append(
            f"{key}\t{visitor}\t{moment}\t{link.pk}\thuman\tlink\t{app}\t{system}\t{device}\t{tongue}\t\t\t\t{'t' if fresh else 'f'}\n"
        )
        self.steps(link, at, key, visitor, (app, system, device, tongue), joins)
        if joins:
            self.join(visitor, at + 90)

    def steps(self, link, at: float, click: str, visitor: str, way: tuple, joins: bool):
        chance = self.chance
        tail = "\t".join(way)
        for kind, inside, outside in (*STEPS, ("joined", 99, 99)):
            if not joins and (kind == "joined" or chance.random() * 100 >= (inside if way[0] else outside)):
                return
            at += chance.lognormvariate(0.4 if kind == "painted" else 2.6, 0.6)
            ms = int(at * 1000)
            key = f"{ms:012x}7{chance.getrandbits(12):03x}8{chance.getrandbits(60):015x}"
            moment = f"{_second(int(at))}.{ms % 1000:03d}+00"
            self.lines.rows["campaigns_step"].append(
                f"{key}\t{visitor}\t{click}\t{moment}\t{link.pk}\t{kind}\t{link.address}\t\t{tail}\n"
            )

    def join(self, visitor: str, at: float):
        """A member, and what became of them: most are seen once, some stay."""
        chance, rows = self.chance, self.lines.rows
        self.member += 1
        pk, name = self.member, f"load{self.member}"
        moment = _second(int(at)) + "+00"
        rows["accounts_member"].append(
            f"{pk}\t!\tf\t{name}@load.example\t{name}\t{name}\t{name}\t\t{self.tier.pk}\tzh-hant\tAsia/Taipei\tt\tf\t{moment}\t{moment}\t\\N\t\n"
        )
        rows["accounts_standing"].append(f"{pk}\t{self.tier.pk}\t{moment}\tjoined\t\n")
        rows["campaigns_claim"].append(f"{visitor}\t{pk}\t{moment}\n")
        taken = [("joined", 0.0), ("verified", 0.0)]
        devotion = chance.betavariate(0.7, 1.6)
        seen = {0} | {day for day in range(1, 60) if chance.random() < devotion * 0.5}
        if chance.random() < 0.25 + devotion / 2:
            taken.append(("first_act", chance.expovariate(2)))
        if any(7 <= day < 14 for day in seen):
            taken.append(("week2", 7.5))
        if any(28 <= day <= 34 for day in seen):
            taken.append(("day30", 30.5))
        if devotion > 0.6 and chance.random() < 0.4:
            taken.append(("climbed", chance.uniform(10, 50)))
        if chance.random() < devotion * 0.15:
            taken.append(("referral", chance.uniform(2, 40)))
        last = self.end.timestamp()
        for kind, later in taken:
            if (then := at + later * 86_400) <= last:
                when = _second(int(then)) + "+00"
                ref = f"load-{pk}" if kind in {"climbed", "referral"} else ""
                rows["campaigns_conversion"].append(f"{pk}\t{kind}\t{when}\t{ref}\t\\N\t\t{when}\n")
        if chance.random() < devotion * 0.3 and (then := at + chance.uniform(1, 40) * 86_400) <= last:
            when = _second(int(then)) + "+00"
            amount = chance.choice((280, 380, 450, 620, 1_250))
            rows["campaigns_conversion"].append(f"{pk}\trevenue\t{when}\tload-{pk}\t{amount}\tTWD\t{when}\n")
        for day in sorted(seen):
            if (then := at + day * 86_400) <= last:
                rows["accounts_activeday"].append(f"{pk}\t{datetime.fromtimestamp(then + 28_800, UTC):%Y-%m-%d}\n")

    def settle(self):
        """Numbers given here are taken, and the planner is told how large everything has become."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('accounts_member', 'id'), max(id)) FROM accounts_member"
            )
            for table in NAMED:
                cursor.execute(f"ANALYZE {table}")


def _second(number: int) -> str:
    return datetime.fromtimestamp(number, UTC).strftime("%Y-%m-%d %H:%M:%S")
