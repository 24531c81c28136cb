"""What the living room tells whoever listens."""

from django.dispatch import Signal

# A host, or the clock, did something with a thread or a board: `act` is the row that says what. Sent in its transaction.
acted = Signal()
