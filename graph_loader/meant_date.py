"""What was meant by a text that is no date: the day as it is to be written, where it can be told."""

import re
from functools import cache, lru_cache

from babel import Locale

from graph_store.dates import interval
from languages.words import _

_LANGUAGES = ("en", "nl", "de")
_THREE = re.compile(r"(\d{1,4})\s*[-./ ]\s*(\d{1,2})\s*[-./ ]\s*(\d{1,4})")
_TWO = re.compile(r"(\d{1,2})\s*[-./ ]\s*(\d{4})|(\d{4})\s*[-./ ]\s*(\d{1,2})")
_NAMED = re.compile(
    r"(?:(\d{1,2})\.?(?:st|nd|rd|th|e)?\s*[-./ ]?\s*)?([^\W\d_]{3,})\.?\s*[-./,]?\s*(\d{4})"  # 15 januari 2024
)
_AMERICAN = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$")


def meant_date(text: str) -> str:
    """The form to write instead; both where day and month cannot be told apart, empty where nothing can be told.

    Examples
    --------
    >>> meant_date("15-01-2024"), meant_date("3/2024"), meant_date("soon")
    ('2024-01-15', '2024-03', '')
    """
    return _(" or ").join(readings(text))


@lru_cache(maxsize=10_000)  # a column written another way holds the same dates again and again
def readings(text: str) -> tuple[str, ...]:
    """All that a text can mean, day before month first."""
    bare = _TIME.sub("", text.strip()).strip()
    found = _with_name(bare) or _in_figures(bare)
    return tuple(dict.fromkeys(item for item in found if item))


def _in_figures(text: str) -> list[str]:
    if parts := _BARE.fullmatch(text):
        return [_day(*parts.groups())]
    if parts := _THREE.fullmatch(text):
        first, second, third = parts.groups()
        if len(first) == len("2024"):
            return [_day(first, second, third)]
        return [_day(third, second, first), _day(third, first, second)] if len(third) == len("2024") else []
    if parts := _TWO.fullmatch(text):
        month, year = (parts[1], parts[2]) if parts[1] else (parts[4], parts[3])
        return [_month(year, month)]
    return []


def _with_name(text: str) -> list[str]:
    if parts := _NAMED.fullmatch(text):
        day, name, year = parts.groups()
    elif parts := _AMERICAN.fullmatch(text):
        name, day, year = parts.groups()
    else:
        return []
    month = _months().get(name.casefold().removesuffix("."), "")
    if not month:
        return []
    return [_day(year, month, day) if day else _month(year, month)]


def _day(year: str, month: str, day: str) -> str:
    written = f"{year:0>4}-{month:0>2}-{day:0>2}"
    try:
        interval(written)
    except ValueError:
        return ""
    return written


def _month(year: str, month: str) -> str:
    return _day(year, month, "1")[:7]


@cache
def _months() -> dict[str, str]:
    """Months by their names, long and short, in the languages of those who fill tables in."""
    found: dict[str, str] = {}
    for code in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for style in ("format", "stand-alone"):
                names = Locale.parse(code).months[style][width]
                found |= {str(name).casefold().removesuffix("."): str(month) for month, name in names.items()}
    return found
