"""Asking Discord no faster than it allows, so that it never has to say 429 (docs/decisions/0020-a-pace-of-our-own.md)."""

from bot.pace.limiter import Limiter
from bot.pace.turns import Priority, priority

__all__ = ["Limiter", "Priority", "priority"]
