"""Cases: all that was reported of one thing, found or begun."""

from django.db import IntegrityError, transaction

from community.commons import prose
from community.forum.models import Case, Report
from community.forum.order import telling


def thing_of(*, post=None, thread=None, member=None) -> str:
    if post:
        return f"post-{post.pk}"
    return f"thread-{thread.pk}" if thread else f"member-{member.pk}"


@transaction.atomic
def report_by_rule(*, post, words) -> Report | None:
    """A watched word says to the hosts: look at this. It weighs nothing: only people do."""
    case = case_of(thing_of(post=post), post.author, post=post)
    made = Report.objects.create(case=case, thing=case.thing, reporter=None, kind=Report.Kind.OTHER, words=words[:500])
    case.reports_count += 1
    case.save(update_fields=["reports_count"])
    return made


def case_of(thing, about, *, post=None, thread=None) -> Case:
    """The unsettled case of a thing, ours until the end of the transaction; a new one when there is none."""
    words = prose.plain(post.html) if post else thread.title if thread else ""
    fields = {"about": about, "post": post, "thread": thread, "words": words}
    for _turn in range(3):
        found = Case.objects.unsettled().of_thing(thing).select_for_update().first()
        if found:
            return found
        try:
            with transaction.atomic():
                case = Case.objects.create(thing=thing, **fields)
                told = {"url": case.get_absolute_url(), "about": f"case-{case.pk}", "but": [about.pk]}
                telling.call_hosts_on_commit("order_reported", **told)
        except IntegrityError:
            continue  # somebody else's report came first
    return Case.objects.unsettled().of_thing(thing).select_for_update().get()
