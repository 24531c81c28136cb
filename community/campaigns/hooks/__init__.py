"""Webhooks: telling other programs what happened at the front door, signed, and as often as it takes."""
