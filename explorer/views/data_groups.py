"""Faults and doubts as a table: those of one cause together, with what to do and where they are."""

from collections.abc import Sequence

from explorer.data.loads import Group
from explorer.pictures.html import Column, Html, items, table
from languages.words import N_, _

# What to do, by code, where the catalogue names a command.
_HERE = {
    "no_data_set": N_("write its name beside the files, or add a table data_set with one row"),
    "would_empty": N_("fill the tables in; to take the data set out, ask whoever keeps this app"),
}


def table_of(found: Sequence[Group], caption: str) -> Html:
    """Faults or doubts of one cause each, with what to do and where."""
    rows = [
        {
            "count": group.count,
            "sentence": group.sentence[:1].upper() + group.sentence[1:],
            "mend": _mend(group),
            "where": _where(group),
        }
        for group in found
    ]
    columns = [
        Column("sentence", _("What is said")),
        Column("count", _("Times"), numeric=True),
        Column("mend", _("What to do")),
        Column("where", _("Where")),
    ]
    return table(rows, columns, caption)


def _where(group: Group) -> Html | None:
    spots = [str(spot) for spot in group.spots]
    return items(filter(None, spots), "plain") if any(spots) else None


def _mend(group: Group) -> str:
    code = group.faults[0].code
    words = _(_HERE[code]) if code in _HERE else group.mend
    return words[:1].upper() + words[1:]
