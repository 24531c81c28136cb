"""What the living room tells whoever listens."""

from django.dispatch import Signal

# A host, or the clock, did something with a thread or a board: `act` is the row that says what. Sent in its transaction.
acted = Signal()

# What a thread tells of itself in other places is another: its title, or its first lines. `thread` is locked.
retold = Signal()
