"""What pages say of penalties, and what can be done about another member."""

from django import template
from django.utils.translation import gettext as _

from accounts.models import Distance, Penalty
from community.forum import access

register = template.Library()


@register.filter
def appeal_of(penalty):
    return getattr(penalty, "appeal", None)


@register.filter
def what_it_means(penalty) -> str:
    """In plain words, what somebody cannot do while it stands."""
    kind = Penalty.Kind(penalty.kind)
    if not kind.lasts:
        return _("You can go on as before; it is only said so that you know.")
    if kind == Penalty.Kind.SILENCE:
        return _("While it lasts you can read, react, and take your own words back, and write nothing.")
    if kind == Penalty.Kind.SUSPENSION:
        return _("While it lasts you can read, and do nothing else.")
    return _("While it lasts you cannot come in.")


@register.inclusion_tag("forum/_member_acts.html", takes_context=True)
def member_acts(context, person):
    reader = context["request"].user
    kind = ""
    if reader.is_authenticated and reader.pk != person.pk:
        kept = Distance.objects.of_member(reader).towards(person).first()
        kind = kept.kind if kept else ""
    return {"person": person, "reader": reader, "kind": kind, "keeps_order": access.keeps_order(reader)}
