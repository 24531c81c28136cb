"""Services on this machine that keep their documented rules, and misbehave when asked to."""

import json
import re
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HASH = re.compile(r"[0-9a-f]{64}")
SOURCES = {"email", "website", "app", "phone_call", "chat", "physical_store", "system_generated", "other"}
WEEK = 7 * 86_400


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.followed.append(self.path)
        self.answer(200, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.path, json.loads(body)))
        way = self.server.ways.pop(0) if self.server.ways else None
        if way is None:
            self.answer(*self.server.judge(self.path, json.loads(body)))
        elif callable(way):
            way(self)
        else:
            self.answer(*way)

    def answer(self, status, said, headers=None):
        told = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told)


class Server:
    """`asked` is what came, `ways` how the next answers misbehave, `followed` whoever followed a redirect."""

    def __init__(self, judge):
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.asked, self.http.ways, self.http.followed, self.http.judge = [], [], [], judge
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self):
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_trouble):
        self.http.shutdown()
        self.http.server_close()

    @property
    def asked(self):
        return self.http.asked

    @property
    def followed(self):
        return self.http.followed

    def next(self, *ways):
        self.http.ways.extend(ways)


# --- misbehaviour


def slow(handler):
    time.sleep(2.5)


def dripping(handler):
    """A byte now and then, for ever: each read is quick, all of them are not."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
        try:
            handler.wfile.write(b"{")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.3)


def reset(handler):
    """As a network does: no goodbye."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def half_a_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    handler.wfile.write(b'{"events_received": ')
    handler.close_connection = True


def not_json(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "6")
    handler.end_headers()
    handler.wfile.write(b"<html>")


def huge(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(400):
            handler.wfile.write(b"x" * 65_536)
    except OSError:
        pass
    handler.close_connection = True


def elsewhere(handler):
    handler.answer(302, {}, {"Location": f"http://127.0.0.1:{handler.server.server_port}/stolen"})


def error(code, subcode=None, *, status=400, message="(#100) Invalid parameter", **more):
    said = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Atrace1", **more}
    if subcode:
        said["error_subcode"] = subcode
    return status, {"error": said}


# --- the rules


META_TOKEN = "EAAtesttoken0123456789abcdef"


def meta(token=META_TOKEN, version="v25.0", pixel="1234567890"):
    """Meta's own, as far as its documents go: one wrong event sinks all of them."""

    def judge(path, body):
        if path != f"/{version}/{pixel}/events":
            return error(100, 33, message=f"Unsupported post request. Object {path} does not exist")
        if body.get("access_token") != token:
            return error(190, message=f"Invalid OAuth access token {body.get('access_token')}", status=400)
        events = body.get("data")
        if not isinstance(events, list) or not 0 < len(events) <= 1_000:
            return error(100, message="(#100) param data must have 1 to 1000 events")
        for event in events:
            if wrong := meta_trouble(event):
                return error(100, *wrong)
        return 200, {"events_received": len(events), "messages": [], "fbtrace_id": "Atrace2"}

    return judge


def meta_trouble(event) -> tuple | None:
    moment = time.time()
    if not {"event_name", "event_time", "action_source", "user_data"} <= set(event):
        return (2804019,)
    if not isinstance(event["event_time"], int) or event["event_time"] > moment + 60:
        return (2804004,)
    if event["event_time"] < moment - WEEK:
        return (2804003,)
    person = event["user_data"]
    if event["action_source"] not in SOURCES or not isinstance(event.get("event_id", ""), str):
        return (2804008,)
    if event["action_source"] == "website" and not (event.get("event_source_url") and person.get("client_user_agent")):
        return (2804010,)
    if any(not HASH.fullmatch(value) for name in ("em", "ph", "external_id") for value in person.get(name, [])):
        return (2804009,)
    if not any(person.get(name) for name in ("em", "ph", "external_id", "fbc")):
        return (2804050,)
    money = event.get("custom_data", {})
    if event["event_name"] == "Purchase" and not (
        isinstance(money.get("value"), float) and re.fullmatch("[A-Z]{3}", money.get("currency", ""))
    ):
        return (2804011,)
    return None


def google(secret="ga4-secret-xyz-123", measurement="G-TEST123"):
    """Google's: always yes, except at the address for checking."""

    def judge(path, body):
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        known = query == {"measurement_id": measurement, "api_secret": secret}
        if parts.path == "/mp/collect":
            return 204, {}
        if parts.path != "/debug/mp/collect":
            return 404, {}
        trouble = [] if known else [{"description": f"no such stream {query.get('api_secret')}"}]
        events = body.get("events", [])
        if not re.fullmatch(r"\d+\.\d+", body.get("client_id", "")):
            trouble.append({"description": "client_id"})
        if not 0 < len(events) <= 25:
            trouble.append({"description": "events"})
        for event in events:
            age = time.time() - event["timestamp_micros"] / 1e6
            if age > 72 * 3600:
                trouble.append({"description": "timestamp_micros is more than 72 hours ago"})
            if not re.fullmatch(r"[A-Za-z]\w{0,39}", event["name"]) or len(event["params"]) > 25:
                trouble.append({"description": f"event {event['name']}"})
            if any(isinstance(value, str) and len(value) > 100 for value in event["params"].values()):
                trouble.append({"description": "value too long"})
        return 200, {"validationMessages": trouble}

    return judge
