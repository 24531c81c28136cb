"""A quiet week of keeping order: some reports in each state, a penalty that was objected to, watched words, held words."""

from django.db import transaction

from accounts.models import Penalty
from community.demo.laying.people import everyone, named
from community.demo.words import order as told
from community.forum import holding
from community.forum.models import Board, Case, Held, Poll, Post, Report, Thread, WatchedWord
from community.forum.order import penalising, reporting, settling


@transaction.atomic
def lay():
    """Once: whoever has kept order since knows better than we do."""
    people, words = everyone(), told()
    if WatchedWord.objects.exists() or Report.objects.exists():
        return
    host = people[words["hosts"][0]]
    for word in words["watched"]:
        WatchedWord.objects.create(by=host, **word)
    for report in words["reports"]:
        _report(report, people, host)
    _object(words["penalty"], people, host)
    _hold(words["held"], people)
    _plan(words["plan"], people)


def _post_of(member) -> Post:
    """The last thing somebody said that can be read."""
    return next(post for post in Post.objects.lately_of(member)[:20] if not post.is_gone)


def _report(report, people, host):
    post = _post_of(people[report["about"]])
    for name in report["by"]:
        reporting.report(reporter=people[name], post=post, kind=report["kind"], words=report["words"])
    case = Case.objects.of_thing(f"post-{post.pk}").get()
    if report["state"] == Case.State.WORK:
        reporting.take(case=case, by=host)
    elif report["state"] == Case.State.SETTLED:
        settling.settle(case=case, by=host, verdict=settling.Verdict(report["decision"], report["reason"]))


def _object(told, people, host):
    penalty = penalising.impose(member=people[told["who"]], kind=Penalty.Kind.WARNING, reason=told["reason"], by=host)
    penalising.object_to(penalty=penalty, words=told["words"])


def _hold(told, people):
    member = people[told["who"]]
    post = _post_of(people[told["under"]])
    reason = holding.access.NeedsAHost(Held.Because.LINK)
    holding.hold_for_a_host(
        member=member, visitor=named("held", told["who"]), reason=reason, thread=post.thread, body=told["words"]
    )


def _plan(told, people):
    """A poll that a newcomer began, waiting with its choices."""
    poll = {"options": told["options"], "most": 1, "is_open": False, "results": Poll.Results.ALWAYS.value}
    holding.hold_for_a_host(
        member=people[told["who"]],
        visitor=named("held", told["who"]),
        reason=holding.access.NeedsAHost(Held.Because.FIRST),
        board=Board.objects.one(told["board"]),
        title=told["title"],
        body=told["body"],
        opens=Thread.Kind.POLL.value,
        plan={"poll": poll},
    )
