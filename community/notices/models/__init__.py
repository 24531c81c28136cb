"""What this room keeps: letters that must arrive, and rings of the bell."""

from community.notices.models.letters import MOST_TRIES, Letter
from community.notices.models.rings import Bell, Ring

__all__ = ["MOST_TRIES", "Bell", "Letter", "Ring"]
