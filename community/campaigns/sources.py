"""What brought a visit that no link of ours brought, from the one thing a browser tells of it: who sent it."""

from community.campaigns import clicks, touching
from community.campaigns.models.steps import DIRECT

# Whoever comes back from paying had been here already.
PAYMENT_HOSTS = frozenset(
    {
        "checkout.stripe.com",
        "core.newebpay.com",
        "ccore.newebpay.com",
        "payment.ecpay.com.tw",
        "payment-stage.ecpay.com.tw",
        "logistics.ecpay.com.tw",
        "pay.line.me",
        "web-pay.line.me",
        "sandbox-web-pay.line.me",
        "js.tappaysdk.com",
        "redirect.tappaysdk.com",
        "onlinepay.jkopay.com",
        "www.jkopay.com",
        "www.paypal.com",
        "pay.google.com",
        "payments.google.com",
        "gateway.pxpayplus.com",
        "epos.ctbcbank.com",
        "acs.esunbank.com.tw",
    }
)


def source_of(referrer: str) -> str:
    """A foreign host, "direct" where nobody sent them, and nothing where they came from within the house."""
    if not referrer:
        return DIRECT
    host = clicks.host_of(referrer)
    if not host or touching.is_ours(host) or host in PAYMENT_HOSTS:
        return ""
    return host
