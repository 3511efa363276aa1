"""One cell: its text read as what its column holds, or the code of the fault that it is."""

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from graph_store.dates import interval
from graph_store.headings import code_named, code_word, code_words, language_of_code
from graph_store.kinds import Property, Type
from graph_store.tables import Column
from languages import words

from .meant_date import readings, wrong_date
from .nearest import nearest

Value = str | int | float | date | list[str]

LONGEST_TEXT, LONGEST_ID = 30_000, 200

_FORMULA = re.compile(
    r"="  # every spreadsheet
    r"|[+\-@][A-Za-z_.][\w.]*\("  # -SUM(…, @SUM(…
    r"|[+\-@]\$?[A-Za-z]{1,3}\$?\d+\b"  # +A1
    r"|[+\-]\d+(\.\d+)?([+*/^]|-(?!\d+-))"  # -2+3, but not a number
    r"|[+\-@].*\|.*!",  # +cmd|' /C calc'!A0
)
_SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
_BOTH_MARKS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d+")
_MAIL = re.compile(r"([A-Za-z0-9_'+\-]+(?:\.[A-Za-z0-9_'+\-]+)*)@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
# Words in the addresses of functions; two other words parted by a dot are taken for a person's name.
_FUNCTIONS = frozenset(
    """
    admin administratie arbeidsmarkt balie bestuur bureau communicatie communication contact desk direction directie
    dpo enquiries events front frontoffice gemeente general griffie help helpdesk hello info informatie information
    inkoop it jobs kontakt loket mail mailbox marketing media no noreply office ondernemers onthaal pact post poststelle
    press presse privacy project projecten receptie regio region relations reply sales sector secretariaat secretariat
    secretary sekretariat service servicedesk servicepunt sociaal social steunpunt support team training verwaltung
    visit webmaster welcome werk werkgevers werkgeversservicepunt wsp
    """.split()  # noqa: SIM905 (a list of literals would be sixty lines)
)
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_OTHER_CODES = {"UK": "GB", "EL": "GR"}


class CellFault(ValueError):
    """A cell that cannot be read: the fault's code, and the words that its sentence needs."""

    def __init__(self, code: str, **words_: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words_


def normalised(column: Column, text: str, language: str = "") -> str:
    """`text` in the form that is kept: closed values as their code, numbers with a point.

    Parameters
    ----------
    language
        The one that the sheet is written in, for the words of a fault; empty for the schema's own.

    Raises
    ------
    CellFault
        When `text` is nothing that the column can hold.
    """
    _refuse_unsafe(text)
    if column.name == "id":
        _refuse_unfit_id(text)
    if column.refers_to:
        return _references(column, text)
    if column.property.type is Type.CODE:
        return _code(column.property, text, language)
    return _BY_TYPE[column.property.type](column.property, text)


def value(column: Column, text: str) -> Value:
    """What the graph keeps of a normalised cell."""
    kind = column.property.type
    if kind is Type.LIST or column.many:
        return listed(text)
    if kind is Type.INTEGER:
        return int(text)
    return float(text) if kind is Type.NUMBER else text


def stored(column: Column, text: str) -> dict[str, Value]:
    """The properties that a normalised cell becomes: a date has its interval beside it."""
    if column.property.type is Type.DATE:
        return dict(zip(column.property.stored_as, (text, *interval(text)), strict=True))
    return {column.name: value(column, text)}


def listed(text: str) -> list[str]:
    """The parts of a cell that holds several, each once, in the order written."""
    return list(dict.fromkeys(part for part in (part.strip() for part in text.split(";")) if part))


def _refuse_unsafe(text: str) -> None:
    if _FORMULA.match(text):
        raise CellFault("formula")
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise CellFault("spreadsheet_error")
    if _STRANGE.search(text):
        raise CellFault("strange_character")
    if len(text) > LONGEST_TEXT:
        raise CellFault("too_long", length=words.number(len(text)), most=words.number(LONGEST_TEXT))
    if "@" in text and any(_of_person(found[1]) for found in _MAIL.finditer(text)):
        raise CellFault("person_address")


def _of_person(local: str) -> bool:
    """Whether the part before the @ has the form first.last, and no word of a function."""
    parts = [part for part in re.split(r"[._]", local.casefold()) if part]
    known = {piece for part in parts for piece in part.split("-")} & _FUNCTIONS
    return len(parts) > 1 and not known and all(re.fullmatch(r"[a-z'\-]+\d*", part) for part in parts)


def _refuse_unfit_id(text: str) -> None:
    if ";" in text or "\n" in text or len(text) > LONGEST_ID:
        raise CellFault("unfit_id", most=LONGEST_ID)


def _references(column: Column, text: str) -> str:
    if column.many:
        return ";".join(listed(text))
    if ";" in text:
        raise CellFault("only_one")
    return text


def _text(_: Property, text: str) -> str:
    return text


def _list(_: Property, text: str) -> str:
    return ";".join(listed(text))


def _date(_: Property, text: str) -> str:
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)  # as some programs write a day
    try:
        interval(text)
    except ValueError as error:
        meanings = readings(text)
        if len(meanings) != 1:
            code, meant = wrong_date(text)
            raise CellFault(code, nearest=meant) from error
        return meanings[0]
    return text


def _integer(item: Property, text: str) -> str:
    bare = _bare_number(text)
    if _THOUSANDS.fullmatch(bare):
        raise CellFault("not_a_whole_number", example=re.sub(r"[.,]", "", bare))
    bare = re.sub(r"[.,]0{1,2}$", "", bare)
    if not _NUMBER.fullmatch(bare) or "." in bare:
        raise CellFault("not_a_whole_number", example=item.example or "12")
    _refuse_out_of_range(item, float(bare))
    return str(int(bare))


def _number(item: Property, text: str) -> str:
    bare = _bare_number(text)
    # Degrees have decimals and no thousands; elsewhere "1.250" is a guess that money should not rest on.
    if _THOUSANDS.fullmatch(bare) and (item.unit != "degrees" or bare.count(".") + bare.count(",") > 1):
        plain = re.sub(r"[.,]", "", bare)
        raise CellFault("unclear_number", plain=plain, decimal=f"{float(plain) / 1000:g}")
    if _BOTH_MARKS.fullmatch(bare):
        bare = re.sub(r"[.,](?=.*[.,])", "", bare)  # the last mark is the decimal one
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        raise CellFault("not_a_number", example=item.example or "12.5")
    _refuse_out_of_range(item, float(bare))
    return bare.removeprefix("+")


def _bare_number(text: str) -> str:
    return re.sub(r"[\s€']|EUR", "", text)


def _refuse_out_of_range(item: Property, number: float) -> None:
    low, high = item.minimum, item.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        shown = [f"{limit:g}" if limit is not None else "" for limit in (low, high)]
        range_ = (
            words._("a number from {low} to {high}")
            if low is not None and high is not None
            else words._("{low} or more")
        )
        raise CellFault("out_of_range", range=range_.format(low=shown[0], high=shown[1]))


def _code(item: Property, text: str, language: str) -> str:
    for code in item.codes:
        if code.casefold() == text.casefold():
            return code
    meant = code_named(item, text)
    if meant:
        return meant
    near = nearest(text, list(dict.fromkeys(word for code in item.codes for word in code_words(item, code))))
    # Where the headings are in no language of their own, the nearest word tells which one the reader writes.
    spoken = language or language_of_code(code_named(item, near), near)
    if near in item.codes:
        near = code_word(near, spoken)
    raise CellFault("not_in_list", list=", ".join(code_word(code, spoken) for code in item.codes), nearest=near)


def _country(_: Property, text: str) -> str:
    code = text.upper()
    names = _countries()
    if code in names:
        return code
    near = _OTHER_CODES.get(code) or names.get(text.casefold(), "")
    if not near and len(text) > 2:
        near = names[nearest(text, list(names)) or ""]
    raise CellFault("not_a_country", nearest=near)


def _url(_: Property, text: str) -> str:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError as error:
        raise CellFault("not_an_address") from error
    if (
        parts.scheme.lower() not in ("http", "https")
        or "." not in host
        or re.search(r"\s", text)
        or "@" in parts.netloc
    ):
        raise CellFault("not_an_address")
    return text


@cache
def _countries() -> dict[str, str]:
    """ISO 3166-1 codes by themselves and by the names in the languages of those who fill tables in."""
    found = {"": ""}
    for language in ("de", "nl", "en"):
        known = Locale.parse(language).territories.items()
        own = [(code, str(name)) for code, name in known if re.fullmatch("[A-Z]{2}", code)]
        found |= {text: code for code, name in own if code not in _NO_COUNTRIES for text in (code, name)}
        found |= {name.casefold(): code for code, name in own if code not in _NO_COUNTRIES}
    return found


_BY_TYPE = {
    Type.TEXT: _text,
    Type.LIST: _list,
    Type.DATE: _date,
    Type.INTEGER: _integer,
    Type.NUMBER: _number,
    Type.COUNTRY: _country,
    Type.URL: _url,
}
