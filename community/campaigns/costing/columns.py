"""The columns of Meta's own exports, in English and in Traditional Chinese, however they happen to be spelled today."""

import re
import unicodedata

# What we keep, and the headers it has been seen under. Case, width of brackets, plurals and blanks make no difference.
ADS = {
    "campaign_name": ("Campaign name", "行銷活動名稱"),
    "set_name": ("Ad set name", "廣告組合名稱"),
    "ad_name": ("Ad name", "廣告名稱"),
    "campaign_id": ("Campaign ID", "行銷活動編號", "行銷活動 ID"),
    "set_id": ("Ad set ID", "廣告組合編號", "廣告組合 ID"),
    "ad_id": ("Ad ID", "廣告編號", "廣告 ID"),
    "account_name": ("Account name", "帳號名稱", "廣告帳號名稱"),
    "day": ("Day", "天數", "日期"),
    "starts": ("Reporting starts", "分析報告開始", "分析報告開始日期"),
    "ends": ("Reporting ends", "分析報告結束", "分析報告結束日期"),
    "spent": ("Amount spent", "花費金額", "已花費金額"),
    "currency": ("Currency", "貨幣", "幣別"),
    "impressions": ("Impressions", "曝光次數"),
    "reach": ("Reach", "觸及人數"),
    "frequency": ("Frequency", "頻率"),
    "clicks": ("Clicks (all)", "點擊次數(全部)"),
    "link_clicks": ("Link clicks", "連結點擊次數"),
    "landing_views": ("Landing page views", "連結頁面瀏覽次數"),
    "results": ("Results", "成果"),
    "result_kind": ("Result type", "Result indicator", "成果類型", "成果指標"),
    "purchases": ("Purchases", "購買次數"),
    "purchase_value": ("Purchases conversion value", "Purchase conversion value", "購買轉換值"),
    "attribution": ("Attribution setting", "歸因設定"),
}
POSTS = {
    "post_id": ("Post ID", "貼文編號"),
    "permalink": ("Permalink", "永久連結"),
    "page_id": ("Page ID", "粉絲專頁編號", "Account ID", "帳號編號"),
    "page_name": ("Page name", "粉絲專頁名稱", "Account name", "帳號名稱"),
    "username": ("Account username", "帳號用戶名稱"),
    "title": ("Title", "標題"),
    "description": ("Description", "說明"),
    "posted_at": ("Publish time", "發佈時間"),
    "post_kind": ("Post type", "貼文類型"),
    "day": ("Date", "日期"),
    "views": ("Views", "瀏覽次數", "觀看次數", "Impressions", "曝光次數"),
    "reach": ("Reach", "觸及人數"),
    "reactions": ("Reactions", "心情數", "心情", "Likes", "按讚數", "Likes and reactions"),
    "comments": ("Comments", "留言數", "留言", "Replies", "回覆次數"),
    "shares": ("Shares", "分享", "分享次數"),
    "saves": ("Saves", "儲存次數"),
    "clicks": ("Total clicks", "總點擊次數"),
    "link_clicks": ("Link clicks", "連結點擊次數"),
}
NUMBERS_OF_ADS = (
    "impressions",
    "reach",
    "clicks",
    "link_clicks",
    "landing_views",
    "results",
    "purchases",
    "purchase_value",
    "frequency",
)
NUMBERS_OF_POSTS = ("views", "reach", "reactions", "comments", "shares", "saves", "clicks", "link_clicks")
CURRENCY = re.compile(r"\(([a-z]{3})\)$")
HAN = re.compile(r"[\u3400-\u9fff]")


def folded(header: str) -> str:
    """A header without what varies between exports: width, case, blanks, plurals, and the currency at its end."""
    header = unicodedata.normalize("NFKC", header).strip().strip("\ufeff\u200b").casefold()
    header = CURRENCY.sub("", header).strip()
    if HAN.search(header):
        return "".join(header.split())
    words = re.sub(r"\(s\)", "", header).split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def currency_in(header: str) -> str:
    found = CURRENCY.search(unicodedata.normalize("NFKC", header).strip().casefold())
    return found[1].upper() if found else ""


def _known(table) -> dict[str, str]:
    return {folded(name): key for key, names in table.items() for name in names}


KNOWN = {"ads": _known(ADS), "posts": _known(POSTS)}


def found(kind: str, headers: list[str]) -> dict[str, int]:
    """Which of our columns stand where. Two headers of one meaning: the first one counts."""
    places: dict[str, int] = {}
    for place, header in enumerate(headers):
        if name := KNOWN[kind].get(folded(header)):
            places.setdefault(name, place)
    return places


def kind_of(headers: list[str]) -> str:
    """ "ads", "posts", or nothing when this is neither. Posts first: both kinds of file may say 帳號名稱."""
    posts, ads = found("posts", headers), found("ads", headers)
    if {"permalink", "post_id"} & set(posts) and "spent" not in ads:
        return "posts"
    if "spent" in ads and {"campaign_name", "set_name", "ad_name", "ad_id"} & set(ads):
        return "ads"
    return ""


def language_of(headers: list[str]) -> str:
    return "zh-hant" if any(HAN.search(header) for header in headers) else "en"
