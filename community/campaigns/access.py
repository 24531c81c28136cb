"""Who may see and make campaigns."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def may_see_campaigns(person) -> bool:
    return person.has_perm("campaigns.view_campaign")


def may_make_links(person) -> bool:
    return person.has_perm("campaigns.add_trackedlink") and person.has_perm("campaigns.add_campaign")


def open_to(may):
    """Refuses at the desk whoever `may` does not let in."""

    def decorate(view):
        @wraps(view)
        def asked(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return decorate
