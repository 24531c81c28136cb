"""Keeping order at the desk: cases, appeals, members, watched words, and the log."""
