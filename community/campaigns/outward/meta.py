"""Meta's Conversions API: its payload to the letter, and which of its answers may be tried again."""

import re
from datetime import timedelta

from django.conf import settings

from community.campaigns.models import Conversion, Delivery, Service
from community.campaigns.outward import normalising, wire
from community.campaigns.outward.services import Event, Outcome

State = Delivery.State
# What a worker computes has no browser; what somebody did in one is told with where and by which.
IN_A_BROWSER = {Conversion.Kind.JOINED, Conversion.Kind.VERIFIED, Conversion.Kind.FIRST_ACT}
BUSY = {1, 2, 4, 17, 32, 341, 368, 613, *range(80000, 80015)}  # "later", in one way or another
REFUSED = {3, 10, 102, 190, 200, *range(201, 300), 2500}  # the token or its rights: no event's fault
TOO_OLD = 2804003
NO_SUCH_PIXEL = 33  # code 100: the number of the pixel, or the token has no right to see it
FOR_ALL = {"token", "busy", "lost", "config", "redirect", "trouble"}
NAMED = re.compile(r"data\[(\d{1,4})\]")
MOST_REQUESTS = 40  # of one turn; what is left waits for the next


class Meta:
    key = Service.META
    most = 1_000
    # Seven days are Meta's rule; an hour less, because a request takes time and clocks differ.
    longest = timedelta(days=7) - timedelta(hours=1)

    def missing(self) -> list[str]:
        return [name for name in ("META_PIXEL_ID", "META_ACCESS_TOKEN") if not getattr(settings, name)]

    def is_testing(self) -> bool:
        return bool(settings.META_TEST_EVENT_CODE)

    def payload(self, event: Event) -> dict:
        told: dict = {"event_name": event.name, "event_time": int(event.at.timestamp()), "event_id": event.id}
        if event.kind in IN_A_BROWSER and event.agent:
            told |= {"action_source": "website", "event_source_url": event.page}
        else:
            told["action_source"] = "system_generated"
        agent = event.agent if told["action_source"] == "website" else ""
        told["user_data"] = normalising.user_data(
            member_id=event.member_id, email_said=event.email, phone_said=event.phone, agent=agent, click=event.click
        )
        if event.value:
            told["custom_data"] = {"value": float(event.value), "currency": event.currency}
            if event.kind == Conversion.Kind.REVENUE and event.ref:
                told["custom_data"]["order_id"] = event.ref
        return told

    def send(self, events: list[tuple[str, dict]]) -> dict[str, Outcome]:
        """One bad event sinks a whole request at Meta: it is looked for by halves, and the others go on without it."""
        outcomes: dict[str, Outcome] = {}
        waiting, asked = [events], 0
        while waiting:
            part = waiting.pop(0)
            if not part:
                continue
            if asked == MOST_REQUESTS:
                later = Outcome(State.WAITING, "split", again_after=timedelta(seconds=5), spent_try=False)
                outcomes |= {key: later for key, _event in part}
                continue
            asked += 1
            reply = self._ask([event for _key, event in part])
            outcome, split = self._meaning(reply, part)
            if split:
                waiting = [*split, *waiting]
            else:
                outcomes |= {key: outcome for key, _event in part}
                if outcome.reason in FOR_ALL:  # it would be the same for those that follow
                    outcomes |= {key: outcome for rest in waiting for key, _event in rest}
                    break
        return outcomes

    def _ask(self, data: list[dict]) -> wire.Reply:
        url = f"{settings.META_BASE_URL}/{settings.META_API_VERSION}/{settings.META_PIXEL_ID}/events"
        body: dict = {"data": data, "access_token": settings.META_ACCESS_TOKEN}
        if settings.META_TEST_EVENT_CODE:
            body["test_event_code"] = settings.META_TEST_EVENT_CODE
        return wire.post(url, body, secrets=(settings.META_ACCESS_TOKEN,))

    def _meaning(self, reply: wire.Reply, part) -> tuple[Outcome, list]:
        facts: dict = {"status": reply.status, "took": reply.took, "together": len(part)}
        if reply.lost:
            # Lost on the way or lost on the way back: sent again under the same identifier, it is counted once.
            reason = "config" if reply.lost in wire.NOT_THERE - {"unknown"} else "lost"
            state = State.REJECTED if reason == "config" else State.WAITING
            return Outcome(state, reason, answer={"lost": reply.lost}, **facts), []
        if reply.is_good:
            return self._good(reply, part, facts), []
        error = (reply.said or {}).get("error")
        error = error if isinstance(error, dict) else {}
        answer = self._told(reply, error)
        code, subcode = answer.get("code"), answer.get("subcode")
        after = timedelta(seconds=reply.retry_after) if reply.retry_after else None
        assert reply.status is not None  # whatever was not lost has one
        if reply.status == 429 or code in BUSY or error.get("is_transient") is True:
            return Outcome(State.WAITING, "busy", answer=answer, again_after=after, **facts), []
        if reply.status >= 500:
            return Outcome(State.WAITING, "trouble", answer=answer, again_after=after, **facts), []
        if reply.status < 400:
            return Outcome(State.REJECTED, "redirect", answer=answer, **facts), []
        if code in REFUSED or reply.status in {401, 403} or subcode == NO_SUCH_PIXEL:
            return Outcome(State.REJECTED, "token", answer=answer, **facts), []
        if reply.status == 404:
            return Outcome(State.REJECTED, "config", answer=answer, **facts), []
        if len(part) > 1:
            return Outcome(State.WAITING), self._apart(error, part)
        if subcode == TOO_OLD:
            return Outcome(State.TOO_OLD, "too_old", answer=answer, **facts), []
        return Outcome(State.REJECTED, "event", answer=answer, **facts), []

    def _good(self, reply, part, facts) -> Outcome:
        said = reply.said or {}
        received = said.get("events_received")
        answer = {"received": received if isinstance(received, int) else None, "trace": self._trace(reply, said)}
        if messages := said.get("messages"):
            answer["words"] = reply.words(messages)
        if reply.said is None and reply.whole:
            # Half an answer: nobody knows what arrived. The same identifier again does no harm.
            return Outcome(State.WAITING, "unreadable", answer=answer, **facts)
        if isinstance(received, int) and received < len(part):
            return Outcome(State.WAITING, "fewer", answer=answer, **facts)
        return Outcome(State.SENT, answer=answer, **facts)

    def _apart(self, error: dict, part) -> list:
        """Halves; or, where the answer names one event, that one alone and all others together."""
        told = f"{error.get('message', '')} {error.get('error_user_msg', '')} {error.get('error_data', '')}"
        named = NAMED.search(told)
        if named and int(named[1]) < len(part):
            place = int(named[1])
            return [[*part[:place], *part[place + 1 :]], [part[place]]]
        middle = len(part) // 2
        return [part[:middle], part[middle:]]

    def _told(self, reply, error: dict) -> dict:
        """Numbers, and their sentence with whatever looks like a token taken out."""
        found = {
            "code": error.get("code") if isinstance(error.get("code"), int) else None,
            "subcode": error.get("error_subcode") if isinstance(error.get("error_subcode"), int) else None,
            "type": reply.words(error.get("type", ""), 60),
            "words": reply.words(error.get("error_user_msg") or error.get("message") or ""),
            "trace": self._trace(reply, error),
        }
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _trace(self, reply, said: dict) -> str:
        return reply.words(said.get("fbtrace_id", ""), 60)
