"""Why an event stands where it stands, in words a marketer can act on."""

from django.utils.translation import gettext_lazy as _

# Not allowed: asked each time something is about to leave the house.
REASONS = {
    "no_consent": _("This member never agreed to being told of to ad platforms."),
    "withdrawn": _("This member took their consent back, or a browser of theirs asks not to be shared."),
    "minor": _("This member is under 18. Nothing about them ever leaves this house."),
    "left": _("This member has left or is locked out."),
    "unproven": _("This member has not proved their e-mail yet. Only verified members are told of."),
    "off": _("This step was switched off for this service before it could be sent."),
    "refund": _("Money that went back is not told."),
    "forgotten": _("This member had how they came forgotten. What was told stays counted; nothing more is told."),
    "too_old": _("It happened longer ago than the service accepts. Sent now, it would sink the others."),
    "lost": _("No answer came in time. It is tried again; with the same identifier it is counted once."),
    "maybe": _(
        "No answer came, so it may have arrived. This service counts twice what comes twice, so it is not repeated."
    ),
    "busy": _("The service asked us to slow down. It is tried again later."),
    "trouble": _("The service has trouble of its own. It is tried again later."),
    "unreadable": _("The service broke off in the middle of its answer. It is tried again under the same identifier."),
    "fewer": _("The service took fewer events than were sent. It is tried again under the same identifier."),
    "split": _("An event in the same request was wrong. This one waits for the next turn."),
    "token": _("The service does not accept our token. Renew it in the settings, then send again from here."),
    "config": _(
        "The service does not know the address or number in our settings. Correct them, then send again from here."
    ),
    "redirect": _("The service pointed to another address. It was not followed: the token stays where it belongs."),
    "event": _("The service does not accept this event. It is not tried again by itself."),
    "tired": _("It was tried many times. Send it again from here once the service is well."),
}
