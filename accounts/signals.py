"""What the ground tells the rooms above, after commit, and without caring whether they manage.

Each carries `member`, and `visitor`: the UUID of the browser it happened in, or None.
"""

from django.dispatch import Signal

joined = Signal()  # once for each new member
signed_in = Signal()  # at every sign-in, the first one included
let_through = Signal()  # member: a host has looked at them, and what they wrote may be heard
climbed = Signal()  # member, tier: the tier changed
here = Signal()  # member, day, request: the first time on a day of the brand's calendar that they are seen
stepped = Signal()  # kind, visitor, request: somebody came a step further towards joining, see accounts.stepping
