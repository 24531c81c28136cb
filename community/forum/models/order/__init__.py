"""What keeping order needs to remember: reports and their cases, watched words, rules, and what was swept away."""

from community.forum.models.order.cases import Case, Report
from community.forum.models.order.rules import Rules, WatchedWord
from community.forum.models.order.sweeps import Sweep

__all__ = ["Case", "Report", "Rules", "Sweep", "WatchedWord"]
