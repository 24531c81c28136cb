"""The columns of a table of links, and the names people give them in both languages."""

import re
import unicodedata

# The first name is the one we write.
NAMES: dict[str, tuple[str, ...]] = {
    "campaign": ("campaign", "campaign key", "活動", "活動代號", "行銷活動"),
    "channel": ("channel", "place", "管道", "渠道", "通路"),
    "label": ("label", "name", "title", "標籤名稱", "標示", "名稱", "貼文"),
    "destination": ("destination", "url", "leads to", "long url", "target", "目的地", "通往", "網址", "長網址"),
    "code": ("code", "slug", "short code", "key", "代碼", "短碼"),
    "utm_source": ("utm_source", "source", "來源"),
    "utm_medium": ("utm_medium", "medium", "媒介"),
    "utm_campaign": ("utm_campaign", "utm 活動"),
    "utm_term": ("utm_term", "term", "關鍵字"),
    "utm_content": ("utm_content", "content", "內容"),
    "tags": ("tags", "tag", "標籤", "標記"),
    "owner": ("owner", "負責人", "擁有者"),
    "notes": ("notes", "note", "comment", "備註", "附註"),
    "starts_at": ("starts_at", "start", "starts", "開始", "開始時間"),
    "ends_at": ("ends_at", "end", "ends", "expires", "expiry", "結束", "結束時間", "到期"),
    "most_visits": ("most_visits", "max visits", "most visits", "最多造訪", "次數上限", "名額"),
    "before_address": ("before_address", "before the start", "開始之前通往", "開始前"),
    "after_address": ("after_address", "after the end", "結束之後通往", "結束後"),
    "full_address": ("full_address", "after the last visit", "滿額之後通往", "滿額後"),
    "card_title": ("card_title", "card title", "卡片標題"),
    "card_text": ("card_text", "card text", "卡片內文"),
    "text": ("text", "post text", "貼文文字", "文字"),
}
NEEDED = ("channel", "label", "destination")
# Written for people, never read back.
SAID = ("link", "made_at", "clicks")


def folded(name: str) -> str:
    return re.sub(r"[\s_\-]+", " ", unicodedata.normalize("NFKC", name).strip().strip("\ufeff").casefold())


_KNOWN = {folded(said): column for column, names in NAMES.items() for said in names}


def of(header: str) -> str:
    """Which column a header means; nothing when we do not know it."""
    return _KNOWN.get(folded(header), "")
