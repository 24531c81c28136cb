"""What the front door tells the rooms above, after commit, and without caring whether they manage."""

from django.dispatch import Signal

converted = Signal()  # conversion_id, kind: a member has taken a step
