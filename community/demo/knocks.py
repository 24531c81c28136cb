"""How people and machines knock at a tracked link: when, with which browser, sent by whom."""

import random
from datetime import datetime, time, timedelta
from functools import cache
from typing import NamedTuple

from community.demo import clock

# Two in five come over lunch or after dinner; hardly anybody before six.
HOURS = (
    1.6,
    0.7,
    0.3,
    0.2,
    0.2,
    0.4,
    1.2,
    3.2,
    4.6,
    3.6,
    3.4,
    4.2,
    7.6,
    5.6,
    3.8,
    4.0,
    4.0,
    4.4,
    5.2,
    5.6,
    6.8,
    9.4,
    8.6,
    4.4,
)
WEEK = (0.6, 0.6, 1.4, 6.0, 1.2, 0.6, 0.5)  # around the Thursday cupping, from Monday on

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
ANDROID = "Mozilla/5.0 (Linux; Android {android}; {phone} Build/{build}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{chrome}.0.0.0 Mobile Safari/537.36 "
SAFARI = IPHONE + "Version/18.5 Mobile/15E148 Safari/604.1"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Mobile Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{chrome}.0.0.0 Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15"

FACEBOOK_IOS = (
    IPHONE
    + "Mobile/15E148 [FBAN/FBIOS;FBAV/5{minor}.0.0.38.101;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBLC/zh_TW;FBOP/80]"
)
FACEBOOK_ANDROID = ANDROID + "[FB_IAB/FB4A;FBAV/5{minor}.0.0.44.74;]"
FACEBOOK_NEW = IPHONE + "Mobile/15E148 MetaIAB Facebook"
MESSENGER = IPHONE + "Mobile/15E148 [FBAN/MessengerForiOS;FBAV/5{minor}.0.0.30.106;FBDV/iPhone14,5;FBLC/zh_TW]"
INSTAGRAM_IOS = (
    IPHONE + "Mobile/15E148 Instagram 38{last}.0.0.27.85 (iPhone15,4; iOS {ios}; zh_TW; zh-Hant; scale=3.00; 1179x2556)"
)
INSTAGRAM_ANDROID = ANDROID + "Instagram 38{last}.0.0.49.84 Android (35/15; 480dpi; 1080x2340; samsung; {phone}; zh_TW)"
THREADS_IOS = (
    IPHONE + "Mobile/15E148 Barcelona 38{last}.0.0.27.85 (iPhone15,4; iOS {ios}; zh_TW; zh-Hant; scale=3.00; 1179x2556)"
)
THREADS_ANDROID = ANDROID + "Barcelona 38{last}.0.0.49.84 Android (35/15; 480dpi; 1080x2340; samsung; {phone}; zh_TW)"
LINE_IOS = IPHONE + "Mobile/15E148 Safari Line/15.{last}.0"
LINE_ANDROID = ANDROID + "Line/15.{last}.0/IAB"

FACEBOOK = ((44, FACEBOOK_IOS), (36, FACEBOOK_ANDROID), (6, FACEBOOK_NEW), (3, MESSENGER), (11, WINDOWS))
PEOPLE = {
    "facebook_page": FACEBOOK,
    "facebook_ads": FACEBOOK,
    "instagram": ((62, INSTAGRAM_IOS), (36, INSTAGRAM_ANDROID), (2, MAC)),
    "threads": ((58, THREADS_IOS), (36, THREADS_ANDROID), (6, WINDOWS)),
    "line_oa": ((55, LINE_IOS), (42, LINE_ANDROID), (3, WINDOWS)),
    "plurk": ((34, SAFARI), (30, CHROME), (22, WINDOWS), (14, MAC)),
    "ptt": ((40, WINDOWS), (24, CHROME), (22, SAFARI), (14, MAC)),
    "partner": ((38, SAFARI), (34, CHROME), (18, WINDOWS), (10, MAC)),
    "member": ((46, LINE_IOS), (34, LINE_ANDROID), (12, SAFARI), (8, CHROME)),
}
META = (
    (62, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"),
    (14, "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)"),
)
ANYWHERE = (
    (
        9,
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/139.0.0.0 Safari/537.36",
    ),
    (5, "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"),
    (4, "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot"),
    (4, "python-requests/2.32.3"),
    (3, "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/139.0.0.0 Safari/537.36"),
    (2, "Go-http-client/2.0"),
    (2, "Mozilla/5.0 (compatible; LinkCheckerBot/3.1)"),
)
MACHINES = {
    "facebook_page": META,
    "facebook_ads": META,
    "instagram": META,
    "threads": META,
    "line_oa": (
        (60, "facebookexternalhit/1.1;line-poker/1.0"),
        (6, "Mozilla/5.0 (compatible;Linespider/1.1;+https://lin.ee/4dwXkTH)"),
    ),
    "plurk": ((30, "Mozilla/5.0 (compatible; PlurkBot/1.0)"),),
    "ptt": (),
    "partner": META,
}
REFERRERS = {
    "facebook_page": "https://lm.facebook.com/",
    "facebook_ads": "https://lm.facebook.com/",
    "instagram": "https://l.instagram.com/",
    "threads": "https://l.threads.com/",
    "line_oa": "",
    "plurk": "https://www.plurk.com/",
    "ptt": "https://www.ptt.cc/",
    "partner": "https://www.youtube.com/",
    "member": "",
}
CLICK_ID = {"facebook_page": 184, "facebook_ads": 184, "instagram": 164, "threads": 164}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
PHONES = ("SM-S938B", "SM-A566B", "Pixel 9", "XQ-EC72", "2407FPN8EG", "CPH2653", "V2408", "SM-S721B")


class Knock(NamedTuple):
    agent: str
    referrer: str
    language: str
    query: str


def _one_of(table, dice):
    return dice.choices([value for _weight, value in table], [weight for weight, _value in table])[0]


@cache
def _browsers(pattern) -> tuple[str, ...]:
    """A few dozen of one kind: to read thousands of different ones would take seconds, and tell nothing more."""
    dice = random.Random(pattern)
    return tuple(
        pattern.format(
            ios=dice.choice(("17_7_2", "18_3_2", "18_5", "18_6", "26_0")),
            android=dice.choice((13, 14, 15, 16)),
            phone=dice.choice(PHONES),
            build=dice.choice(("AP3A.240905.015.A2", "BP2A.250605.031", "UP1A.231005.007")),
            chrome=dice.randint(136, 141),
            minor=dice.randint(10, 29),
            last=dice.randint(0, 9),
        )
        for _ in range(24)
    )


def person(channel, dice) -> Knock:
    """Somebody's phone or computer."""
    agent = dice.choice(_browsers(_one_of(PEOPLE[channel], dice)))
    query = ""
    if channel in CLICK_ID and dice.random() < 0.93:
        kind = "IwZXh0bgNhZW0" if channel != "instagram" else "PAZXh0bgNhZW0"
        query = f"fbclid={kind}{''.join(dice.choices(LETTERS, k=CLICK_ID[channel] - 60))}"
    referrer = REFERRERS[channel] if dice.random() < 0.82 else ""
    return Knock(agent, referrer, dice.choices(("zh-TW", "zh-Hant-TW", "en-US", "zh-HK"), (72, 18, 7, 3))[0], query)


def machine(channel, dice) -> Knock:
    """A preview, a search engine, or something that tries every address."""
    return Knock(_one_of(MACHINES[channel] + ANYWHERE, dice), "", "", "")


def moment(link, dice, now):
    """When somebody came, by the life this link had."""
    length = link.since - link.until
    match link.shape:
        case "burst":  # most within days, a few for as long as the post is found
            early = min(dice.expovariate(1 / 2.2), length)
            age = link.since - (early if dice.random() < 0.8 else dice.uniform(0, length))
        case "tail":  # found again and again, by somebody who searched or was sent there
            age = link.since - length * (dice.betavariate(0.8, 1.9) if dice.random() < 0.65 else dice.random())
        case _:
            age = _around_thursday(link, dice, now)
    return min(_at_an_hour(now - timedelta(days=age), dice), now - timedelta(minutes=dice.uniform(2, 90)))


def _around_thursday(link, dice, now):
    days = range(link.until, link.since)
    weights = [WEEK[(now - timedelta(days=day)).astimezone(clock.HERE).weekday()] for day in days]
    return dice.choices(days, weights)[0]


def _at_an_hour(day, dice):
    """Some moment of that day, when people have their phones in hand."""
    local = day.astimezone(clock.HERE)
    hour = dice.choices(range(24), HOURS)[0]
    return datetime.combine(
        local.date(), time(hour, dice.randrange(60), dice.randrange(60), dice.randrange(1_000_000)), clock.HERE
    )
