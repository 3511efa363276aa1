"""Dates of day, month or year precision, and the interval that each stands for.

Records of partnerships often know only a year. A date stays text as written
(``"2019-02-07"``, ``"2019-02"``, ``"2019"``); comparisons use the interval of
days that it may mean.
"""

import re
from calendar import monthrange
from datetime import date

_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
EARLIEST, LATEST = 1800, 2200


def interval(text: str) -> tuple[date, date]:
    """First and last day that `text` may mean, both included.

    Parameters
    ----------
    text
        A date of day, month or year precision.

    Raises
    ------
    ValueError
        When `text` is no such date, or lies outside the years 1800 to 2200.

    Examples
    --------
    >>> interval("2019-02")
    (datetime.date(2019, 2, 1), datetime.date(2019, 2, 28))
    """
    found = _PATTERN.fullmatch(text)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        raise ValueError(f'"{text}" is not a date (write 2019-12-31, 2019-12 or 2019)')
    year = int(found[1])
    try:
        if found[3]:
            day = date(year, int(found[2]), int(found[3]))
            return day, day
        if found[2]:
            month = int(found[2])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError as error:
        raise ValueError(f'"{text}" is not a date (write 2019-12-31, 2019-12 or 2019)') from error
    return date(year, 1, 1), date(year, 12, 31)


def certainly_before(earlier: str, later: str) -> bool:
    """Whether every day that `earlier` may mean comes before every day of `later`."""
    return interval(earlier)[1] < interval(later)[0]


def possibly_before(earlier: str, later: str) -> bool:
    """Whether some day that `earlier` may mean is on or before some day of `later`."""
    return interval(earlier)[0] <= interval(later)[1]
