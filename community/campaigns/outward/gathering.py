"""What is known of one step when it is about to be told: asked for leave first, and only then looked up."""

from django.conf import settings
from django.utils.timezone import now

from accounts import consenting
from accounts.models import Consent, Purpose
from community.campaigns import destinations
from community.campaigns.models import Click, Conversion, Delivery
from community.campaigns.outward import normalising
from community.campaigns.outward.deciding import Decision
from community.campaigns.outward.services import Event


def refusal(delivery: Delivery, decision: Decision) -> str:
    """Why it must stay here, or nothing. Asked when it is sent: a minute ago is not now."""
    member = delivery.member
    if not member.is_active:
        return "left"
    if member.is_minor:
        return "minor"
    if not consenting.may_share(member):
        return "withdrawn" if Consent.objects.decided(member, Purpose.ADS).exists() else "no_consent"
    if not decision.is_on:
        return "off"
    if not proven_address(member):
        return "unproven"
    if delivery.amount is not None and delivery.amount <= 0:
        return "refund"
    return ""


def proven_address(member) -> str:
    """The address they proved; whatever they merely typed is nobody's yet."""
    return member.email if member.email and member.proven_at else ""


def consent_of(member) -> dict:
    """In which wording and since when they allow it: kept beside what was sent."""
    row = Consent.objects.standing(member, Purpose.ADS).first()
    return {"purpose": row.purpose, "version": row.version, "given_at": row.given_at.isoformat()} if row else {}


def event_of(delivery: Delivery, decision: Decision) -> Event:
    member, moment = delivery.member, now()
    click = Click.objects.latest_of(member, delivery.at)
    page = settings.SITE_URL + "/"
    if click and click.link_id:
        address = destinations.address_of(click.link)
        if address.startswith("/"):
            page = settings.SITE_URL + address.partition("?")[0].partition("#")[0]
    value, currency = _value(delivery, decision)
    return Event(
        id=str(delivery.pk),
        name=decision.name,
        kind=delivery.kind,
        at=min(delivery.at, moment),
        member_id=member.pk,
        email=proven_address(member),
        phone=phone_of(delivery),
        agent=click.agent_said if click else "",
        click=_facebooks(member, delivery.at, moment),
        page=page,
        value=value,
        currency=currency,
        ref=delivery.ref if delivery.kind == Conversion.Kind.REVENUE else "",
    )


def phone_of(delivery: Delivery) -> str:
    """Members have no phone number here; the day a source of revenue brings one, it comes in at this one place."""
    return ""


def _value(delivery, decision) -> tuple[str, str]:
    if delivery.amount is not None:
        return str(delivery.amount), delivery.currency
    return (str(decision.value), decision.currency) if decision.value is not None else ("", "")


def _facebooks(member, at, moment) -> str:
    """From the latest click that Facebook had marked, with that click's own moment."""
    click = Click.objects.latest_from_facebook(member, at, moment - normalising.CLICKS_COUNT_FOR)
    if click is None:
        return ""
    kept = (click.other_ids or {}).get("_fbc", "")
    return normalising.kept_fbc(str(kept), moment) or normalising.fbc(click.fbclid or "", click.at, moment)
