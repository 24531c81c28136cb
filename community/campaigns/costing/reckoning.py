"""Which figures stand, and what each day cost: reckoned inside the database from what was kept, the same each time.

Two files often speak of the same days: yesterday's export, and today's with one more day. A line stands unless a file
that was kept later says something of the same ad, or of its whole campaign, on one of its days.
"""

from django.db import connection

LOCK = "SELECT pg_advisory_xact_lock(hashtext('campaigns_sheet'))"
# `o` may be replaced by `n`. Days are spelled out, so that both sides meet by equality and not by comparing all pairs;
# most lines are of one day, and saying so apart lets the planner know how many there are.
SPELLED = """
{name} AS MATERIALIZED (
  SELECT f.id, f.sheet_id, f.level, f.thing, f.campaign_thing, f.ad_id, f.account_name, s.kept_at, f.starts AS day
  FROM campaigns_adfigure f JOIN campaigns_sheet s ON s.id = f.sheet_id WHERE f.starts = f.ends AND {where}
  UNION ALL
  SELECT f.id, f.sheet_id, f.level, f.thing, f.campaign_thing, f.ad_id, f.account_name, s.kept_at, d::date
  FROM campaigns_adfigure f JOIN campaigns_sheet s ON s.id = f.sheet_id,
       generate_series(f.starts, f.ends, interval '1 day') d WHERE f.starts < f.ends AND {where}
)"""
SAME_ACCOUNT = "(o.account_name = '' OR n.account_name = '' OR o.account_name = n.account_name)"
MATCHED = """
SELECT o.id FROM o JOIN n ON n.thing = o.thing AND n.day = o.day
  WHERE (o.ad_id = '' OR n.ad_id = '' OR o.ad_id = n.ad_id) AND {account} {later}
UNION SELECT o.id FROM o JOIN n ON n.ad_id = o.ad_id AND n.day = o.day
  WHERE o.ad_id <> '' AND o.level = n.level {later}
UNION SELECT o.id FROM o JOIN (SELECT DISTINCT campaign_thing, level, account_name, day, kept_at, sheet_id FROM n) n
  ON n.campaign_thing = o.campaign_thing AND n.day = o.day WHERE o.level <> n.level AND {account} {later}
"""
MANY = 2_000
LATER = "AND n.sheet_id <> o.sheet_id AND n.kept_at > o.kept_at"


def lock():
    """One reckoning at a time: two files kept in the same second must not both think they came last."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _matched(old: str, new: str, later: str = "") -> str:
    parts = ", ".join((SPELLED.format(name="o", where=old), SPELLED.format(name="n", where=new)))
    return f"WITH {parts} {MATCHED.format(account=SAME_ACCOUNT, later=later)}"


def _ids(sql: str, told: dict) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return [row[0] for row in cursor.fetchall()]


def replaced_ads(sheet) -> list[int]:
    """Standing lines of other files that this file says anew."""
    old = (
        "f.stands AND f.sheet_id <> %(sheet)s AND f.starts <= (SELECT max(ends) FROM campaigns_adfigure "
        "WHERE sheet_id = %(sheet)s) AND f.ends >= (SELECT min(starts) FROM campaigns_adfigure WHERE sheet_id = %(sheet)s)"
    )
    return _ids(_matched(old, "f.sheet_id = %(sheet)s"), {"sheet": sheet.pk})


def _freed_ads(sheet) -> list[int]:
    """Lines that only this file had replaced."""
    told = {"sheet": sheet.pk}
    hidden = "NOT f.stands AND f.sheet_id <> %(sheet)s AND s.state = 'kept'"
    candidates = _ids(_matched(hidden, "f.sheet_id = %(sheet)s"), told)
    if not candidates:
        return []
    still = set(
        _ids(
            _matched("f.id = ANY(%(ids)s)", "s.state = 'kept' AND f.sheet_id <> %(sheet)s", LATER),
            told | {"ids": candidates},
        )
    )
    return [pk for pk in candidates if pk not in still]


SAME_POST = """
SELECT o.id FROM campaigns_postfigure o JOIN campaigns_sheet os ON os.id = o.sheet_id
JOIN campaigns_postfigure n ON n.post = o.post AND n.day IS NOT DISTINCT FROM o.day AND n.sheet_id <> o.sheet_id
JOIN campaigns_sheet ns ON ns.id = n.sheet_id
WHERE {where}
"""


def replaced_posts(sheet) -> list[int]:
    return _ids(SAME_POST.format(where="o.stands AND n.sheet_id = %(sheet)s"), {"sheet": sheet.pk})


def _freed_posts(sheet) -> list[int]:
    told = {"sheet": sheet.pk}
    candidates = _ids(SAME_POST.format(where="NOT o.stands AND os.state = 'kept' AND n.sheet_id = %(sheet)s"), told)
    later = "o.id = ANY(%(ids)s) AND ns.state = 'kept' AND ns.kept_at > os.kept_at AND n.sheet_id <> %(sheet)s"
    still = set(_ids(SAME_POST.format(where=later), told | {"ids": candidates})) if candidates else set()
    return [pk for pk in candidates if pk not in still]


def stand(sheet):
    """The newest file speaks; what it says anew steps back."""
    _set(sheet, True, replaced_ads(sheet) if sheet.kind == "ads" else replaced_posts(sheet))


def fall(sheet):
    """As if it had never been kept."""
    _set(sheet, False, _freed_ads(sheet) if sheet.kind == "ads" else _freed_posts(sheet))


def learn(sheet):
    """A file of many rows changes what the database should expect of the table, at once and not in a minute."""
    if sheet.rows > MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE campaigns_adfigure" if sheet.kind == "ads" else "ANALYZE campaigns_postfigure")


def _set(sheet, stands: bool, others: list[int]):
    changes = (("id = ANY(%s)", not stands, others), ("sheet_id = %s", stands, sheet.pk))
    with connection.cursor() as cursor:
        if sheet.kind != "ads":
            for where, value, which in changes:
                cursor.execute(f"UPDATE campaigns_postfigure SET stands = %s WHERE {where}", [value, which])  # noqa: S608
            return
        ends = []
        for where, value, which in changes:
            changed = f"UPDATE campaigns_adfigure SET stands = %s WHERE {where} RETURNING starts, ends"  # noqa: S608
            cursor.execute(f"WITH changed AS ({changed}) SELECT min(starts), max(ends) FROM changed", [value, which])  # noqa: S608
            ends += [day for day in cursor.fetchone() if day]
    if ends:
        fill(min(ends), max(ends))


# A sum over several days is cut so that the pieces give exactly the sum again.
FILL = """
INSERT INTO campaigns_cost (day, link_id, campaign_id, kind, amount, currency)
SELECT day, link_id, campaign_id, 'meta', sum(piece), currency FROM (
  SELECT d::date AS day, f.link_id, coalesce(f.campaign_id, l.campaign_id) AS campaign_id, f.currency,
    round(f.spent * (d::date - f.starts + 1) / (f.ends - f.starts + 1), 4)
    - round(f.spent * (d::date - f.starts) / (f.ends - f.starts + 1), 4) AS piece
  FROM campaigns_adfigure f LEFT JOIN campaigns_trackedlink l ON l.id = f.link_id,
    generate_series(greatest(f.starts, %(first)s), least(f.ends, %(last)s), interval '1 day') d
  WHERE f.stands AND f.spent > 0 AND f.starts <= %(last)s AND f.ends >= %(first)s
) pieces GROUP BY day, link_id, campaign_id, currency
"""


def fill(first, last):
    """Makes Meta's daily costs of these days anew from the lines that stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM campaigns_cost WHERE kind = 'meta' AND day BETWEEN %(first)s AND %(last)s",
            {"first": first, "last": last},
        )
        cursor.execute(FILL, {"first": first, "last": last})


# The ad's own number knows best, then its name, then its campaign.
PLACE_ADS = """
UPDATE campaigns_adfigure f SET link_id = t.link_id, campaign_id = t.campaign_id
FROM (
  SELECT a.id, coalesce(ta.id, tn.id, tc.id) AS tie FROM campaigns_adfigure a
  LEFT JOIN campaigns_tie ta ON ta.kind = 'ad' AND ta.value = a.ad_id AND a.ad_id <> ''
  LEFT JOIN campaigns_tie tn ON tn.kind = 'name' AND tn.value = a.thing
  LEFT JOIN campaigns_tie tc ON tc.kind = 'campaign' AND tc.value = a.campaign_thing
  WHERE {where}
) x LEFT JOIN campaigns_tie t ON t.id = x.tie
WHERE f.id = x.id AND (f.link_id IS DISTINCT FROM t.link_id OR f.campaign_id IS DISTINCT FROM t.campaign_id)
"""
PLACE_POSTS = """
UPDATE campaigns_postfigure f SET link_id = t.link_id
FROM campaigns_postfigure p LEFT JOIN campaigns_tie t ON t.kind = 'post' AND t.value = p.post
WHERE f.id = p.id AND f.link_id IS DISTINCT FROM t.link_id AND {where}
"""
SPAN = "SELECT min(starts), max(ends) FROM campaigns_adfigure a WHERE a.stands AND {where}"


def place_sheet(sheet):
    """Gives the lines of a file to the links they are tied to."""
    sql = (
        PLACE_ADS.format(where="a.sheet_id = %s")
        if sheet.kind == "ads"
        else PLACE_POSTS.format(where="p.sheet_id = %s")
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [sheet.pk])


COLUMN = {"ad": "a.ad_id = %s", "name": "a.thing = %s", "campaign": "a.campaign_thing = %s"}


def place_tied(kind: str, value: str):
    """After one tie was made or taken back: its lines in all files, and what their days cost."""
    with connection.cursor() as cursor:
        if kind == "post":
            cursor.execute(PLACE_POSTS.format(where="p.post = %s"), [value])
            return
        cursor.execute(PLACE_ADS.format(where=COLUMN[kind]), [value])
        cursor.execute(SPAN.format(where=COLUMN[kind]), [value])
        first, last = cursor.fetchone()
    if first:
        fill(first, last)
