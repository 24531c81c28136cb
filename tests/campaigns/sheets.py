"""Files as Meta writes them, made up row by row."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from community.campaigns.costing import importing

ADS_EN = ["Campaign name", "Ad set name", "Ad name", "Day", "Amount spent (TWD)", "Impressions", "Reach", "Frequency"]
ADS_EN += ["Results", "Link clicks", "Purchases", "Ends", "Reporting starts", "Reporting ends", "Post saves"]
ADS_ZH = ["行銷活動名稱", "廣告組合名稱", "廣告名稱", "天數", "花費金額 (TWD)", "曝光次數", "觸及人數", "頻率"]
ADS_ZH += ["成果", "連結點擊次數", "購買次數", "結束時間", "分析報告開始", "分析報告結束", "儲存次數"]
PAGE_ZH = [
    "貼文編號",
    "粉絲專頁編號",
    "粉絲專頁名稱",
    "標題",
    "說明",
    "發佈時間",
    "永久連結",
    "貼文類型",
    "日期",
    "觀看次數",
]
PAGE_ZH += ["觸及人數", "心情、留言和分享次數", "心情", "留言", "分享", "總點擊次數", "連結點擊次數"]
PAGE_EN = ["Post ID", "Page ID", "Page name", "Title", "Description", "Publish time", "Permalink", "Post type", "Date"]
PAGE_EN += ["Views", "Reach", "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks"]
PAGE_EN += ["Link Clicks"]
IG_ZH = [
    "貼文編號",
    "帳號編號",
    "帳號用戶名稱",
    "帳號名稱",
    "說明",
    "發佈時間",
    "永久連結",
    "貼文類型",
    "日期",
    "瀏覽次數",
]
IG_ZH += ["觸及人數", "按讚數", "分享", "留言數", "儲存次數"]


def ad(name="手沖 A", day="2026-10-01", spent="1,200.50", *, campaign="春日手沖", group="北部", **more) -> list[str]:
    told = {"impressions": "10,000", "reach": "8,000", "frequency": "1.25", "results": "12", "clicks": "300", **more}
    figures = [told["impressions"], told["reach"], told["frequency"], told["results"], told["clicks"], "3"]
    return [campaign, group, name, day, spent, *figures, "Ongoing", day, told.get("ends", day), "7"]


def total(spent: str) -> list[str]:
    return ["", "", "", "", spent, "20,000", "15,000", "1.33", "24", "600", "6", "", "2026-10-01", "2026-10-31", "14"]


def post(
    number="122101", *, day="Lifetime", reach="5,400", published="10/03/2026 18:30", title="新豆上架"
) -> list[str]:
    link = f"https://www.facebook.com/islet.roast/posts/{number}"
    figures = ["9,100", reach, "320", "280", "25", "15", "410", "96"]
    return [f"99_{number}", "99", "浮嶼", title, "內文", published, link, "相片", day, *figures]


def written(headers, *rows, encoding="utf-8-sig", delimiter=",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([headers, *rows])
    return out.getvalue().encode(encoding)


def upload(content: bytes, name="report.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def brought(headers, *rows, by=None, currency="", name="report.csv", **how):
    return importing.bring(file=upload(written(headers, *rows, **how)), name=name, by=by, currency=currency)


def kept(headers, *rows, **how):
    return importing.keep(sheet=brought(headers, *rows, **how))
