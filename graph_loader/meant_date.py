"""What was meant by a text that is no date: the day as it is to be written, or what is wrong with it."""

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
_TWO_FIGURES = re.compile(
    r"\d{1,2}\s*[-./ ]\s*(\d{1,2}|[^\W\d_]{3,}\.?)\s*[-./ ]\s*'?\d{2}|[^\W\d_]{3,}\.?\s*[-./ ']+\d{2}"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$")


def wrong_date(text: str) -> tuple[str, str]:
    """What is wrong with a text that does not mean one date: the code of the fault, and what to write instead.

    Examples
    --------
    >>> wrong_date("03-04-2024"), wrong_date("31-02-2024"), wrong_date("spring 2019")
    (('unclear_date', '2024-04-03 or 2024-03-04'), ('no_such_day', ''), ('words_around_date', '2019'))
    """
    bare = _TIME.sub("", text.strip()).strip()
    found = readings(text)
    if len(found) > 1:
        return "unclear_date", _(" or ").join(found)
    if _of_two_figures(bare):
        return "short_year", ""
    if any(pattern.fullmatch(bare) for pattern in (_THREE, _TWO, _BARE)) or _named_month(bare):
        return "no_such_day", ""
    years = dict.fromkeys(_YEAR.findall(bare))
    if len(years) > 1:
        return "several_dates", ""
    return ("words_around_date", _(" or ").join(_within(bare)) or next(iter(years))) if years else ("not_a_date", "")


@lru_cache(maxsize=10_000)  # a column written another way holds the same dates again and again
def readings(text: str) -> tuple[str, ...]:
    """All that a text can mean, day before month first."""
    bare = _TIME.sub("", text.strip()).strip()
    found = _with_name(bare) or _in_figures(bare)
    return tuple(dict.fromkeys(item for item in found if item))


def _of_two_figures(text: str) -> bool:
    """Whether it has the form of a date whose year lacks its century."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return bool(_TWO_FIGURES.fullmatch(text)) and all(word.casefold() in _months() for word in words)


def _within(text: str) -> tuple[str, ...]:
    """The readings of the date that stands among other words; none where only a year does."""
    each = (found for pattern in (_THREE, _NAMED, _AMERICAN) if (found := pattern.search(text)))
    return next(filter(None, (readings(found[0]) for found in each)), ())


def _named_month(text: str) -> bool:
    found = _NAMED.fullmatch(text)
    name = found[2] if found else (parts := _AMERICAN.fullmatch(text)) and parts[1]
    return bool(name) and str(name).casefold() in _months()


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
    month = _months().get(name.casefold(), "")
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
