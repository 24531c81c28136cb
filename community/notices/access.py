"""Who may read other people's letters: nobody, except in the demo, whose letters are all made up."""

from django.conf import settings


def may_read_letters() -> bool:
    """In the demo anyone on this machine may: the code that opens the desk is in there."""
    return settings.DEMO
