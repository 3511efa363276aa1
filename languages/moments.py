"""Moments: kept and handed on as UTC, shown to people by the clock of their computer."""

from datetime import UTC, datetime, timedelta

from .words import _, in_words


def moment(at: str, *, zone: bool = True) -> str:
    """A moment of ISO text by the clock of this computer, in words; empty for none.

    Parameters
    ----------
    at
        UTC where it names no other offset.
    zone
        Whether to say how far that clock is from UTC: wherever the words may be
        read on another computer, or beside times of another clock.
    """
    if not at:
        return ""
    there = local(at)
    words = day_and_time(there)
    return _("{moment} ({zone})").format(moment=words, zone=offset(there)) if zone else words


def day_and_time(there: datetime) -> str:
    """A moment in words, by the clock that it is given in."""
    return _("{day}, {time}").format(day=in_words(there.date().isoformat()), time=f"{there:%H:%M}")


def local(at: str) -> datetime:
    """A moment of ISO text (UTC where it names no offset) by the clock of this computer."""
    there = datetime.fromisoformat(at)
    return (there if there.tzinfo else there.replace(tzinfo=UTC)).astimezone()


def offset(there: datetime) -> str:
    """How far a moment's clock is from UTC: ``UTC``, ``UTC+1``, ``UTC+5:30``."""
    ahead = there.utcoffset() or timedelta()
    if not ahead:
        return "UTC"
    hours, minutes = divmod(abs(ahead) // timedelta(minutes=1), 60)
    return f"UTC{'-' if ahead < timedelta() else '+'}{hours}" + (f":{minutes:02d}" if minutes else "")
