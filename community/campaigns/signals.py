"""What the front door tells whoever listens."""

from django.dispatch import Signal

# After commit, and without caring whether they manage.
converted = Signal()  # conversion_id, kind: a member has taken a step
# Inside the transaction that brings the clicks in: they are heard of if and only if they are there.
came_late = Signal()  # clicks: identifiers of people's clicks out of the spool, in order
