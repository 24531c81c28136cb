"""The wire: one socket per page, topics, fan-out, presence, and resuming after a gap. Imports commons only."""
