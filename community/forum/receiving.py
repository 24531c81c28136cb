"""What this room does when the ground tells it something."""

from community.forum import holding


def publish_what_was_held(sender, *, member, visitor, **kwargs):
    holding.publish_held(member=member, visitor=visitor)
