"""What became of the people each arm of a split was given."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from community.campaigns.models import Split
from community.campaigns.models.ways import letter_of
from community.insights.intervals import Share
from community.insights.judging import Verdict, judge

FIRST_DAY, LAST_DAY = 7, 13  # days after somebody came in which they are looked for again
RIPE = timedelta(days=LAST_DAY + 1)

# A person is a member with all their browsers, or a browser nobody has signed in with. Their first click through the
# link decides on the arm, so whoever was moved by a changed share still counts where they began.
PEOPLE = """
WITH came AS (
    SELECT DISTINCT ON (coalesce(claim.member_id::text, click.visitor::text))
        click.variant, click.at, claim.member_id, (click.at AT TIME ZONE %(zone)s)::date AS day
    FROM campaigns_click AS click LEFT JOIN campaigns_claim AS claim ON claim.visitor = click.visitor
    WHERE click.link_id = %(link)s AND click.agent = 'human' AND click.outcome = ''
        AND click.variant IS NOT NULL AND click.visitor IS NOT NULL
    ORDER BY coalesce(claim.member_id::text, click.visitor::text), click.id
), told AS (
    SELECT came.variant, came.at <= %(ripe)s AS is_ripe, member.id IS NOT NULL AS has_joined, EXISTS (
        SELECT FROM accounts_activeday AS here
        WHERE here.member_id = member.id AND here.day BETWEEN came.day + %(first)s AND came.day + %(last)s
    ) AS has_stayed
    FROM came LEFT JOIN accounts_member AS member ON member.id = came.member_id AND member.joined_at >= came.at
)
SELECT variant, count(*), count(*) FILTER (WHERE has_joined), count(*) FILTER (WHERE is_ripe),
    count(*) FILTER (WHERE is_ripe AND has_stayed)
FROM told GROUP BY variant
"""


@dataclass(frozen=True)
class ArmRow:
    number: int
    split: Split | None
    came: int = 0
    joined: int = 0
    ripe: int = 0
    stayed: int = 0

    @property
    def letter(self) -> str:
        return letter_of(self.number)

    @property
    def share(self) -> Share:
        """Those who stayed, of those who came long enough ago."""
        return Share(self.stayed, self.ripe)


def results(link) -> tuple[list[ArmRow], Verdict]:
    """A row for each arm a link has or had, and what can be said of those that run."""
    told = {"zone": settings.TIME_ZONE, "link": link.pk, "ripe": now() - RIPE, "first": FIRST_DAY, "last": LAST_DAY}
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, told)
        counted = {variant: numbers for variant, *numbers in cursor.fetchall()}
    splits = {split.arm: split for split in Split.objects.of(link).in_order()}
    rows = [ArmRow(number, splits.get(number), *counted.get(number, ())) for number in sorted({*splits, *counted})]
    running = [row for row in rows if row.split and row.split.ended_at is None]
    verdict = judge([row.share for row in running])
    if verdict.best is not None:
        verdict = Verdict(False, rows.index(running[verdict.best]), verdict.value, verdict.is_ahead)
    return rows, verdict
