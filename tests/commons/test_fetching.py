"""Asking other sites: never led inside, never held up, never flooded."""

import contextlib
import socket
import ssl
import threading
import time

import httpcore
import pytest
from django.utils.translation import override

from community.commons import fetching
from community.commons.fetching import Unreachable, fetch

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"


class Site:
    """A small server that says exactly these bytes to each caller in turn, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self.listener.accept()
                threading.Thread(target=self.answer, args=[caller], daemon=True).start()

    def answer(self, caller):
        with contextlib.suppress(OSError), caller:
            asked = b""
            while b"\r\n\r\n" not in asked:
                asked += caller.recv(65536)
            head, _, body = asked.partition(b"\r\n\r\n")
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"content-length:"):
                    while len(body) < int(line.split(b":")[1]):
                        body += caller.recv(65536)
            self.asked.append((head.decode("latin-1"), body))
            answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
            if callable(answer):
                answer(caller)
            else:
                caller.sendall(answer)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"


@pytest.fixture
def site():
    sites = []

    def make(*answers):
        sites.append(Site(*answers))
        return sites[-1]

    yield make
    for each in sites:
        each.listener.close()


@pytest.fixture
def inside(settings):
    settings.FETCH_PRIVATE = True


@pytest.fixture
def outside(monkeypatch):
    """Names mean what the test says; connections arrive at its own site, and are noted."""
    world = {"names": {}, "connected": [], "site": None}
    connect = httpcore.SyncBackend.connect_tcp

    def resolve(host, port):
        answer = world["names"].get(host, OSError("no such name"))
        answer = answer.pop(0) if isinstance(answer, list) and isinstance(answer[0], list) else answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def connect_tcp(self, host, port, *args, **kwargs):
        world["connected"].append((host, port))
        return connect(self, "127.0.0.1", world["site"].port, *args, **kwargs)

    monkeypatch.setattr(fetching, "resolve", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return world


def why(url, **told):
    with pytest.raises(Unreachable) as refused:
        fetch(url, **told)
    return refused.value.why


def test_an_answer_is_status_headers_and_body(site, inside):
    one = site(OK)
    answer = fetch(one.url + "a?b=c#d", headers={"X-Own": "1"})
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"hello", "text/plain")
    assert answer.is_good
    assert answer.whole
    head, body = one.asked[0]
    assert head.startswith("GET /a?b=c HTTP/1.1")
    assert f"Host: 127.0.0.1:{one.port}" in head
    assert "X-Own: 1" in head
    assert "Homeground" in head
    assert body == b""


def test_a_body_is_sent(site, inside):
    one = site(OK)
    fetch(one.url, method="POST", body=b'{"a":1}', headers={"Content-Type": "application/json"})
    head, body = one.asked[0]
    assert head.startswith("POST / ")
    assert body == b'{"a":1}'


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
     "http://0/", "http://0.0.0.0/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
     "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://10.1.2.3/", "http://172.16.0.1/",
     "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://192.0.0.8/",
     "http://198.18.0.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://255.255.255.255/",
     "http://240.0.0.1/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fe80::1]/", "http://[fec0::1]/",
     "http://[ff02::1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::]/", "http://[64:ff9b::7f00:1]/",
     "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "http://[2001:db8::1]/", "http://localhost/",
     "http://LOCALHOST./"],
)  # fmt: skip
def test_nothing_inside_is_asked_however_it_is_written(url, settings):
    settings.FETCH_PRIVATE = False
    assert why(url) in {"inside", "unknown", "address"}


def test_full_width_and_circled_letters_are_read_before_they_are_judged():
    assert why("http://①②⑦.⓪.⓪.①/") in {"inside", "unknown", "address"}
    assert why("http://127。0。0。1/") in {"inside", "unknown", "address"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://brand.example/", "address"), ("file:///etc/passwd", "address"), ("gopher://brand.example/", "address"),
        ("//brand.example/", "address"), ("brand.example", "address"), ("", "address"), (None, "address"),
        ("http://", "address"), ("http:///x", "address"), ("http://brand.example\\@127.0.0.1/", "address"),
        ("http://brand.example/\r\nX: y", "address"), ("http://brand .example/", "address"),
        ("http://brand.example:99999/", "address"), ("http://.example/", "address"), ("http://a..b/", "address"),
        ("http://" + "a" * 9000, "address"), ("http://ada:secret@brand.example/", "login"),
        ("http://brand.example:22/", "port"), ("https://brand.example:6379/", "port"),
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url, reason, outside):
    assert why(url) == reason
    assert not outside["connected"]


def test_more_ports_are_asked_only_where_the_operator_says_so(outside, site, settings):
    settings.FETCH_PORTS = [8443]
    outside["names"]["brand.example"] = ["93.184.216.34"]
    outside["site"] = site(OK)
    assert fetch("http://brand.example:8443/").status == 200
    assert outside["connected"] == [("93.184.216.34", 8443)]


def test_the_address_that_was_judged_is_the_one_that_is_asked(outside, site):
    """A name that turns inside between the judging and the asking gains nothing: it is looked up once."""
    outside["names"]["rebind.example"] = [["93.184.216.34"], ["127.0.0.1"]]
    outside["site"] = one = site(OK)
    assert fetch("http://rebind.example/").body == b"hello"
    assert outside["connected"] == [("93.184.216.34", 80)]
    assert "Host: rebind.example" in one.asked[0][0]
    assert why("http://rebind.example/") == "inside"
    assert len(outside["connected"]) == 1


def test_of_several_addresses_only_public_ones_are_asked(outside, site):
    outside["names"]["mixed.example"] = ["10.0.0.1", "169.254.169.254", "93.184.216.34"]
    outside["site"] = site(OK)
    fetch("http://mixed.example/")
    assert outside["connected"] == [("93.184.216.34", 80)]


def test_a_redirect_inside_is_not_followed(outside, site):
    outside["names"] |= {"brand.example": ["93.184.216.34"], "inside.example": ["192.168.0.1"]}
    for place in ("http://127.0.0.1/", "http://inside.example/", "//inside.example/", "http://[::1]:80/"):
        outside["site"] = site(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())
        outside["connected"].clear()
        assert why("http://brand.example/", hops=3) in {"inside", "unknown"}
        assert outside["connected"] == [("93.184.216.34", 80)]
    outside["site"] = site(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")
    assert why("http://brand.example/", hops=3) == "address"


def test_redirects_are_followed_as_far_as_was_said(site, inside):
    away = b"HTTP/1.1 302 Found\r\nLocation: /next?x=%E5%B1%B1\r\nContent-Length: 0\r\n\r\n"
    one = site(away, away, OK)
    assert fetch(one.url).status == 302
    two = site(away, away, OK)
    answer = fetch(two.url, hops=2)
    assert answer.status == 200
    assert answer.url == two.url + "next?x=%E5%B1%B1"
    assert len(answer.hops) == 2
    assert why(site(away).url, hops=5) == "hops"


def test_a_redirected_post_keeps_its_body_only_where_the_web_says_so(site, inside):
    def away(status):
        return f"HTTP/1.1 {status} Away\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n".encode()

    for status, method in ((301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")):
        one = site(away(status), OK)
        fetch(one.url, method="POST", body=b"words", hops=1)
        assert one.asked[1][0].startswith(method), status
        assert one.asked[1][1] == (b"words" if method == "POST" else b"")


def test_secrets_are_not_carried_to_another_site(site, inside):
    two = site(OK)
    one = site(f"HTTP/1.1 307 Away\r\nLocation: {two.url}\r\nContent-Length: 0\r\n\r\n".encode())
    fetch(one.url, headers={"Authorization": "Bearer secret", "Cookie": "a=b", "X-Own": "1"}, hops=1)
    assert "secret" in one.asked[0][0]
    assert "secret" not in two.asked[0][0]
    assert "a=b" not in two.asked[0][0]
    assert "x-own: 1" in two.asked[0][0]


def test_no_more_is_read_than_was_asked_for(site, inside):
    def endless(caller):
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            caller.sendall(b"x" * 65536)

    answer = fetch(site(endless).url, most=1000)
    assert answer.body == b"x" * 1000
    assert not answer.whole


@pytest.mark.parametrize(
    "part", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"]
)
def test_slow_drops_never_add_up(part, site, inside):
    def drip(caller):
        caller.sendall(part)
        while True:
            time.sleep(0.05)
            caller.sendall(b"x")

    start = time.monotonic()
    assert why(site(drip).url, timeout=0.4) == "late"
    assert time.monotonic() - start < 2


def test_interim_answers_without_end_are_late_too(site, inside):
    def teasing(caller):
        while True:
            caller.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            time.sleep(0.01)

    assert why(site(teasing).url, timeout=0.4) == "late"


def test_a_name_that_is_looked_up_for_ever_is_late(monkeypatch):
    monkeypatch.setattr(fetching, "resolve", lambda host, port: time.sleep(1))
    assert why("http://brand.example/", timeout=0.1) == "late"


def test_unknown_closed_and_broken_are_told_apart(site, outside, settings):
    outside["names"]["brand.example"] = ["93.184.216.34"]
    assert why("http://nobody.example/") == "unknown"
    outside["site"] = gone = site(OK)
    gone.listener.shutdown(socket.SHUT_RDWR)
    gone.listener.close()
    assert why("http://brand.example/") == "closed"
    for half in (
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 999999 X\r\n\r\n",
    ):
        outside["site"] = site(half)
        assert why("http://brand.example/") == "broken"
    outside["site"] = site(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000 + b"\r\n\r\n")
    assert why("http://brand.example/") == "broken"


def test_a_second_address_is_asked_when_the_first_is_closed(monkeypatch, site):
    one, tried = site(OK), []
    connect = httpcore.SyncBackend.connect_tcp

    def connect_tcp(self, host, port, *args, **kwargs):
        tried.append(host)
        if host == "93.184.216.34":
            raise httpcore.ConnectError
        return connect(self, "127.0.0.1", one.port, *args, **kwargs)

    monkeypatch.setattr(fetching, "resolve", lambda host, port: ["93.184.216.34", "2606:2800:220::1"])
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    assert fetch("http://brand.example/").status == 200
    assert tried == ["93.184.216.34", "2606:2800:220::1"]


def test_a_site_must_prove_its_name(outside, site, monkeypatch):
    """TLS asks for the name, though the connection goes to an address."""
    outside["names"]["brand.example"] = ["93.184.216.34"]
    named = []

    def unproven(self, context, server_hostname=None, timeout=None):
        named.append(server_hostname)
        raise httpcore.ConnectError(ssl.SSLCertVerificationError("certificate verify failed"))

    monkeypatch.setattr("httpcore._backends.sync.SyncStream.start_tls", unproven)
    outside["site"] = site(OK)
    assert why("https://brand.example/") == "untrusted"
    assert named == ["brand.example"]
    assert outside["connected"] == [("93.184.216.34", 443)]
    assert fetching.tls().check_hostname
    assert fetching.tls().verify_mode == ssl.CERT_REQUIRED


def test_proxies_of_the_environment_are_not_asked(site, inside, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert fetch(site(OK).url).status == 200


def test_an_address_can_be_judged_without_asking_it(outside):
    outside["names"] |= {"brand.example": ["93.184.216.34"], "inside.example": ["10.0.0.1"]}
    assert fetching.check("https://brand.example/hook") is None
    with override("en"), pytest.raises(Unreachable, match="private"):
        fetching.check("https://inside.example/hook")
    assert not outside["connected"]


def test_each_reason_is_a_sentence_in_both_languages():
    for reason in fetching.REASONS:
        said = set()
        for language in ("en", "zh-hant"):
            with override(language):
                said.add(str(Unreachable(reason)))
        assert len(said) == 2
