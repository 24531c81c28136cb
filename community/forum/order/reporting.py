"""Reporting what is not right, and what happens by itself when many do."""

import hmac
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, override

from accounts import recording
from accounts.models import Penalty
from accounts.tiers import rank_of
from community.forum import access, moderating
from community.forum.models import Case, Post, Report, Rules
from community.forum.order import casing, measures, penalising, telling

LATELY = timedelta(days=14)  # three people in a fortnight are many; three in a year are life
KEPT_TRACES = timedelta(days=30)


def network_of(connection: str) -> str:
    """Where a report came from, sealed with the day: good for telling two of one household, and for nothing else."""
    if not connection:
        return ""
    return hmac.digest(settings.SECRET_KEY.encode(), f"report {localdate()} {connection}".encode(), "sha256").hex()[:32]


def weight_of(reporter) -> float:
    """1 for a newcomer, 2 for a regular, 3 for an old friend, 6 for a host; up to twice that for whoever is usually
    right, and down to a quarter for whoever usually is not. Of those who are not heard themselves, nothing."""
    if reporter.held_at or reporter.is_silenced:
        return 0.0
    right, wrong = Report.objects.judged_counts(reporter)
    trust = 2 * (right + 2) / (right + wrong + 4)
    base = 6 if access.keeps_order(reporter) else min(max(rank_of(reporter), 1), 3)
    return round(base * min(max(trust, 0.25), 2.0), 2)


@transaction.atomic
def report(
    *, reporter, kind, words="", post=None, thread=None, member=None, wants_mail=False, browser=None, connection=""
) -> Report:
    """One person's word about one thing, once; the same again is the report that is there."""
    about = member or (post or thread).author
    access.require(access.against_reporting(reporter, author=about))
    thing = casing.thing_of(post=post, thread=thread, member=member)
    if made := Report.objects.by(reporter).of_thing(thing).first():
        return made
    measures.require(reporter, "report", kept=words)
    case = casing.case_of(thing, about, post=post, thread=thread)
    told = {"kind": kind, "words": words, "wants_mail": wants_mail, "browser": browser}
    try:
        with transaction.atomic():
            made = Report.objects.create(
                case=case,
                thing=thing,
                reporter=reporter,
                weight=weight_of(reporter),
                network=network_of(connection),
                **told,
            )
    except IntegrityError:  # two presses of the button that came at once
        return Report.objects.by(reporter).of_thing(thing).get()
    _weigh(case)
    return made


def people_in(reports) -> list[list[Report]]:
    """Reports by person, as far as we can tell: one browser, or one household on one day, is one."""
    groups: list[list[Report]] = []
    for each in reports:
        near = [group for group in groups if any(_is_near(each, other) for other in group)]
        merged = [each, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [merged]
    return groups


def _is_near(one, other) -> bool:
    return (
        one.reporter_id == other.reporter_id
        or (one.browser is not None and one.browser == other.browser)
        or (bool(one.network) and one.network == other.network)
    )


def _weigh(case):
    """Adds up what a case's reports weigh, and does what the rules say must not wait for a host."""
    reports = list(case.reports.in_order())
    people = people_in([each for each in reports if each.reporter_id])
    case.weight = round(sum(max(each.weight for each in group) for group in people), 2)
    case.reports_count = len(reports)
    rules, author = Rules.current(), case.about
    if not author.is_staff and not author.is_host:
        if case.hid_at is None and rules.hide_at and case.weight >= rules.hide_at and _hide(case):
            case.hid_at = now()
        if case.silence_id is None and rules.silence_after:
            case.silence = _silence(author, rules)
    case.save(update_fields=["weight", "reports_count", "hid_at", "silence"])


def _hide(case) -> bool:
    if case.post_id:
        post = Post.objects.for_reading().select_related("thread").get(pk=case.post_id)
        done = moderating.hide(post=post)
    else:
        done = bool(case.thread_id) and moderating.hide_thread(thread=case.thread)
    if done:
        telling.tell(case.about, "order_hidden", about=f"case-{case.pk}", said=case.words)
    return done


def _silence(author, rules) -> Penalty | None:
    """A newcomer whom several people report is quiet until a host has decided."""
    from_newcomer = author.tier is None or author.tier.rank <= access.FIRST_RANK
    if not from_newcomer or author.is_silenced or Post.objects.standing_of(author, most=50) >= 50:
        return None
    lately = Report.objects.about_member_since(author, now() - LATELY).exclude(weight=0)
    if len(people_in(lately)) < rules.silence_after:
        return None
    with override(author.locale):
        reason = gettext("Several members reported you. A host will look at it soon, and decide.")
    return penalising.impose(member=author, kind=Penalty.Kind.SILENCE, reason=reason, by=None)


def take(*, case, by) -> bool:
    """This host looks at it from now on; of two who reach for it, one has it."""
    if not access.keeps_order(by):
        raise access.HostsOnly
    done = Case.objects.take(case.pk, by)
    if done:
        _note(case, by, "case.taken")
    return done


def release(*, case, by) -> bool:
    if not access.keeps_order(by):
        raise access.HostsOnly
    done = Case.objects.release(case.pk, by)
    if done:
        _note(case, by, "case.released")
    return done


def _note(case, by, act):
    recording.record(by=by, act=act, member=case.about, thing=f"case-{case.pk}")


def forget_traces():
    """Which browser and household a report came from is of use for some weeks only."""
    Report.objects.with_traces_before(now() - KEPT_TRACES).update(browser=None, network="")
