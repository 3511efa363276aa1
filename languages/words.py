"""Translate messages, and write dates and numbers as the reader's language does.

The language is kept in a context variable, so that two readers of one server
process can each have their own. Messages live in ``languages/<code>.po``; the
English text is the message itself.
"""

from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_currency, format_decimal, format_percent

HERE = Path(__file__).parent
SOURCE_LANGUAGE = "en"

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def languages() -> tuple[str, ...]:
    """Codes of the languages that can be chosen, English first."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in HERE.glob("*.po")))


def use(language: str) -> None:
    """Write in `language` from here on, in this context (thread or session)."""
    _language.set(language if language in languages() else SOURCE_LANGUAGE)


def language() -> str:
    """Code of the language in use."""
    return _language.get()


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "mark, translate later")
    """Mark `message` for translation where it is declared; `_` translates it where it is shown."""
    return message


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Mark both forms of a message for translation where they are declared; `ngettext` chooses."""
    return singular, plural


def _(message: str) -> str:
    """`message` in the reader's language; the English text where no translation exists."""
    if not message or language() == SOURCE_LANGUAGE:
        return message
    found = _catalogue(language()).get(message)
    return str(found.string) if found and found.string else message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a message that `count` asks for, with ``{count}`` written in the reader's way."""
    text = singular if count == 1 else plural
    if language() != SOURCE_LANGUAGE:
        found = _catalogue(language()).get(singular)
        if found and isinstance(found.string, tuple | list):
            text = str(found.string[0 if count == 1 else 1]) or text
    return text.replace("{count}", number(count))


def number(value: float, digits: int = 0) -> str:
    """`value` with thousands marked and at most `digits` decimals."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=_locale()))


def share(part: float, whole: float) -> str:
    """`part` of `whole` as a percentage; a dash where there is no whole."""
    return str(format_percent(part / whole, locale=_locale())) if whole else "–"


def euros(value: float) -> str:
    """An amount of money, shortened: ``€2M``."""
    return str(format_compact_currency(value, "EUR", locale=_locale(), fraction_digits=1))


def in_words(day: str | None) -> str:
    """A date of day, month or year precision as a reader writes it.

    >>> in_words("2019-02-07"), in_words("2019-02"), in_words("2019")
    ('7 Feb 2019', 'Feb 2019', '2019')
    """
    if not day:
        return _("no date known")
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return day
    pattern = "d MMM y" if len(parts) == 3 else "MMM y"
    return str(format_date(date(*[*parts, 1][:3]), format=pattern, locale=_locale()))


def listing(items: list[str]) -> str:
    """`items` joined as a sentence joins them: ``a, b and c``."""
    return str(format_list(items, locale=_locale()))


def country(code: str) -> str:
    """Name of a country by its ISO 3166-1 code; the code itself where it is unknown."""
    return str(_locale().territories.get(code, code))


@cache
def _catalogue(code: str) -> Catalog:
    with (HERE / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def _locale() -> Locale:
    return Locale.parse("en_GB" if language() == SOURCE_LANGUAGE else language())
