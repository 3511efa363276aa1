"""Faults and doubts as a table: those of one cause together, with what to do and where they are."""

from collections.abc import Sequence

from explorer.data.loads import Group
from explorer.pictures.html import Column, Html, items, table
from languages.words import _


def table_of(found: Sequence[Group], caption: str) -> Html:
    """Faults or doubts of one cause each, with what to do and where."""
    rows = [
        {
            "count": group.count,
            "sentence": group.sentence[:1].upper() + group.sentence[1:],
            "mend": group.mend[:1].upper() + group.mend[1:],
            "where": items((str(spot) for spot in group.spots), "plain"),
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
