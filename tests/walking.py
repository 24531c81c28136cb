"""A reader without script: opens pages, fills in the forms that are there, follows where they lead."""

import email
import email.policy
import re
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx
from bs4 import BeautifulSoup

# As these apps really send them.
FACEBOOK_IOS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "[FBAN/FBIOS;FBAV/520.0.0.38.101;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBLC/zh_TW;FBOP/80]"
)
INSTAGRAM_ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.6478.122 Mobile Safari/537.36 Instagram 340.0.0.22.109 Android (34/14; 420dpi; 1080x2115; "
    "samsung; SM-S918B; dm3q; qcom; zh_TW; 620543211)"
)
LINE_IOS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "Safari Line/14.9.0"
)
IN_APP = {"facebook": FACEBOOK_IOS, "instagram": INSTAGRAM_ANDROID, "line": LINE_IOS}
LANGUAGES = {"zh": "zh-TW,zh;q=0.9", "en": "en-GB,en;q=0.9"}


def code_from(folder: Path, address: str, *, since: float) -> str:
    """The six digits in the newest letter to `address`; waits for the worker as a person waits for their mail."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for path in sorted(folder.glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if letter["To"] == address and path.stat().st_mtime >= since:
                body = letter.get_body(("plain",)).get_content()
                return re.search(r"(?<!\d)\d{6}(?!\d)", body).group()
        time.sleep(0.1)
    raise AssertionError(f"no letter for {address} came")


class Walker:
    """One browser without script, with its own cookies, language and user agent."""

    def __init__(self, base: str, *, agent: str, language: str):
        self.base = base
        self.http = httpx.Client(
            base_url=base,
            headers={"User-Agent": agent, "Accept-Language": LANGUAGES[language]},
            follow_redirects=True,
            timeout=30,
        )
        self.page: BeautifulSoup
        self.answer: httpx.Response

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    @property
    def place(self) -> str:
        return str(self.answer.url).removeprefix(self.base)

    @property
    def words(self) -> str:
        return self.page.get_text(" ", strip=True)

    def _seen(self, answer: httpx.Response):
        assert answer.status_code < 500, f"{answer.url}: {answer.status_code}"
        self.answer, self.page = answer, BeautifulSoup(answer.text, "html.parser")
        return self

    def open(self, path: str):
        return self._seen(self.http.get(path))

    def send(self, field: str, value: str, **more):
        """Fills `field` in the first form that has it, and sends that form as a browser would."""
        wanted = self.page.find(["input", "textarea"], attrs={"name": field})
        assert wanted, f"{self.place} has no field {field}"
        form = wanted.find_parent("form")
        assert form, f"{field} on {self.place} belongs to no form"
        data = {
            part["name"]: part.get("value", "") if part.name == "input" else part.text
            for part in form.find_all(["input", "textarea"])
            if part.get("name") and part.get("type") not in {"checkbox", "radio", "submit"}
        }
        return self._post(form, data | {field: value} | more)

    def press(self, words: str):
        """Presses the button that says `words`."""
        button = next(b for b in self.page.find_all("button") if words in b.get_text())
        form = button.find_parent("form")
        data = {part["name"]: part.get("value", "") for part in form.find_all("input") if part.get("name")}
        if button.get("name"):
            data[button["name"]] = button.get("value", "")
        return self._post(form, data)

    def _post(self, form, data):
        target = urljoin(str(self.answer.url), form.get("action") or str(self.answer.url))
        return self._seen(self.http.post(target, data=data, headers={"Origin": self.base}))
