"""How pages speak of sums, each in its own currency, and of figures that nobody has told."""

from decimal import Decimal, InvalidOperation

from django import template

register = template.Library()
SIGNS = {"TWD": "NT$", "USD": "US$", "HKD": "HK$", "JPY": "¥", "EUR": "€", "GBP": "£"}


@register.filter
def money(amount, currency=""):
    """NT$1,200 or US$12.50; hundredths only where there are any."""
    try:
        said = Decimal(str(amount)).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        return ""
    shown = f"{said:,.0f}" if said == said.to_integral_value() else f"{said:,.2f}"
    minus, shown = ("−", shown[1:]) if shown.startswith("-") else ("", shown)
    return f"{minus}{SIGNS[currency]}{shown}" if currency in SIGNS else f"{minus}{currency}\u00a0{shown}".strip()


@register.filter
def counted(number):
    """12,480; a dash where nobody has counted, which is not nothing."""
    if number is None or number == "":
        return "–"
    number = Decimal(str(number))
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"
