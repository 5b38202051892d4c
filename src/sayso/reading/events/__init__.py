"""What happened, to whom, how many."""

from sayso.reading.events.find import find_events

__all__ = ["find_events"]
