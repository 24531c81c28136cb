"""Google Analytics 4 by its Measurement Protocol, behind the same seam. It answers yes to everything, so we check first."""

import re
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings

from community.campaigns.models import Conversion, Delivery, Service
from community.campaigns.outward import normalising, wire
from community.campaigns.outward.services import Event, Outcome

State = Delivery.State
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
RESERVED = ("ga_", "google_", "firebase_", "_")
TAKEN = {
    "ad_click", "ad_exposure", "ad_query", "ad_reward", "adunit_exposure", "app_clear_data", "app_exception",
    "app_remove", "app_update", "error", "first_open", "first_visit", "in_app_purchase", "notification_dismiss",
    "notification_foreground", "notification_open", "notification_receive", "os_update", "screen_view",
    "session_start", "user_engagement",
}  # fmt: skip
LONGEST_VALUE, MOST_PARAMS = 100, 25


def is_name(said: str) -> bool:
    return bool(NAME.fullmatch(said)) and not said.startswith(RESERVED) and said not in TAKEN


class Ga4:
    key = Service.GA4
    most = 25
    # Google takes 72 hours; an hour less, because clocks differ.
    longest = timedelta(hours=71)

    def missing(self) -> list[str]:
        return [name for name in ("GA4_MEASUREMENT_ID", "GA4_API_SECRET") if not getattr(settings, name)]

    def is_testing(self) -> bool:
        return settings.GA4_TEST

    def payload(self, event: Event) -> dict:
        params: dict = {"event_id": event.id, "engagement_time_msec": 1}
        if event.value:
            params |= {"value": float(event.value), "currency": event.currency}
        if event.kind == Conversion.Kind.REVENUE:
            params["transaction_id"] = (event.ref or event.id)[:LONGEST_VALUE]
        if event.page:
            params["page_location"] = event.page[:LONGEST_VALUE]
        person = normalising.external_id(event.member_id)
        return {
            "client_id": f"{int(person[:8], 16)}.{int(person[8:16], 16)}",
            "user_id": person,
            # Only sent for members who agreed; Google is told so.
            "consent": {"ad_user_data": "GRANTED", "ad_personalization": "GRANTED"},
            "event": {"name": event.name, "timestamp_micros": int(event.at.timestamp() * 1_000_000), "params": params},
        }

    def send(self, events: list[tuple[str, dict]]) -> dict[str, Outcome]:
        """A request speaks of one person: events of the same one go together."""
        outcomes: dict[str, Outcome] = {}
        people: dict[str, list] = {}
        for key, told in events:
            if trouble := self._checked(told):
                outcomes[key] = Outcome(State.REJECTED, "event", answer={"words": trouble})
            else:
                people.setdefault(told["client_id"], []).append((key, told))
        stopped = None
        for theirs in people.values():
            for start in range(0, len(theirs), self.most):
                part = theirs[start : start + self.most]
                outcome = stopped or self._meaning(self._ask(part), part)
                if outcome.reason in {"busy", "lost", "config"}:
                    stopped = outcome
                outcomes |= {key: outcome for key, _told in part}
        return outcomes

    def _checked(self, told: dict) -> str:
        """Google would swallow these in silence."""
        event = told["event"]
        if not is_name(event["name"]):
            return f"name: {event['name'][:60]}"
        if len(event["params"]) > MOST_PARAMS:
            return "params"
        return ""

    def _ask(self, part) -> wire.Reply:
        place = "/debug/mp/collect" if settings.GA4_TEST else "/mp/collect"
        query = urlencode({"measurement_id": settings.GA4_MEASUREMENT_ID, "api_secret": settings.GA4_API_SECRET})
        first = part[0][1]
        body = {name: first[name] for name in ("client_id", "user_id", "consent")}
        body["events"] = [told["event"] for _key, told in part]
        return wire.post(f"{settings.GA4_BASE_URL}{place}?{query}", body, secrets=(settings.GA4_API_SECRET,))

    def _meaning(self, reply: wire.Reply, part) -> Outcome:
        facts: dict = {"status": reply.status, "took": reply.took, "together": len(part)}
        if reply.lost in {"unknown", "closed"}:
            return Outcome(State.WAITING, "lost", answer={"lost": reply.lost}, **facts)
        if reply.lost in wire.NOT_THERE:
            return Outcome(State.REJECTED, "config", answer={"lost": reply.lost}, **facts)
        if reply.lost:
            # Google counts an event twice that comes twice. A purchase has a number of its own and may go again.
            only_purchases = all("transaction_id" in told["event"]["params"] for _key, told in part)
            state = State.WAITING if only_purchases or settings.GA4_TEST else State.GIVEN_UP
            return Outcome(state, "lost" if state == State.WAITING else "maybe", answer={"lost": reply.lost}, **facts)
        after = timedelta(seconds=reply.retry_after) if reply.retry_after else None
        assert reply.status is not None  # whatever was not lost has one
        if reply.status == 429:
            return Outcome(State.WAITING, "busy", again_after=after, **facts)
        if reply.status >= 500:
            return Outcome(State.WAITING, "trouble", again_after=after, **facts)
        if reply.status >= 400:
            return Outcome(State.REJECTED, "token" if reply.status in {401, 403} else "config", **facts)
        if reply.status >= 300:
            return Outcome(State.REJECTED, "redirect", **facts)
        said = (reply.said or {}).get("validationMessages") if settings.GA4_TEST else None
        if said:
            return Outcome(State.REJECTED, "event", answer={"words": self._validated(reply, said)}, **facts)
        return Outcome(State.SENT, **facts)

    def _validated(self, reply, said) -> str:
        told = (
            [message.get("description", "") for message in said if isinstance(message, dict)]
            if isinstance(said, list)
            else [said]
        )
        return reply.words(" ".join(str(words) for words in told))
