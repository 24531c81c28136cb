"""Keeping order: reports and cases, what waits for a host, watched words, penalties and appeals, sweeps and the log."""
