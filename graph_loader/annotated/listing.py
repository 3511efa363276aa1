"""The sheet that lists all that was found, with a link to each cell."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from languages.words import N_, _, ngettext, number

from ..faults import Severity
from ..grouping import grouped
from ..rows import Place
from .marks import Located, named
from .splicing import shown
from .styles import Styles

TITLE = N_("_Faults")  # the reader leaves sheets alone whose name begins with _
MOST_LISTED = 20_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTHS = (8, 10, 20, 8, 16, 28, 60, 60)
_HEADINGS = (
    N_("Cause"),
    N_("Fault or doubt"),
    N_("Sheet"),
    N_("Row"),
    N_("Column"),
    N_("What stands there"),
    N_("What is wrong"),
    N_("What to do"),
)


def listing(found: Sequence[Located], titles: Mapping[Place, str], styles: Styles, more: Sequence[str]) -> bytes:
    """The sheet as XML, every text as text, cause by cause in the order of mending.

    Parameters
    ----------
    titles
        What the sheets are called in this workbook.
    more
        Sentences about the workbook as a whole.
    """
    plain, bold = styles.words(), styles.words(bold=True)
    fills = {severity: styles.words(severity=severity) for severity in Severity}
    rows = [_row(1, [_headline(found)], bold)]
    rows += [_row(number_, [text], plain) for number_, text in enumerate((_how(), *more), start=2)]
    head = len(rows) + 2
    rows.append(_row(head, [_(heading) for heading in _HEADINGS], bold))
    links = []
    for at, (cause, item) in enumerate(_by_cause(found), start=head + 1):
        kind = item.fault.kind.severity
        cells = [str(cause), named(kind), *_cells(item, titles)]
        rows.append(_row(at, cells, plain, {2: fills[kind]}))
        links += _link(at, item, titles)
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    merged = "".join(f'<mergeCell ref="A{row}:H{row}"/>' for row in range(1, head - 1))
    parts = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{_MAIN}"><cols>{widths}</cols>',
        f"<sheetData>{''.join(rows)}</sheetData>",
        f'<mergeCells count="{head - 2}">{merged}</mergeCells>',
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        "</worksheet>",
    ]
    return "".join(parts).encode()


def _headline(found: Sequence[Located]) -> str:
    told = []
    for severity, one, several in (
        (Severity.FAULT, N_("{count} fault"), N_("{count} faults")),
        (Severity.DOUBT, N_("{count} doubt"), N_("{count} doubts")),
    ):
        those = [item.fault for item in found if item.fault.kind.severity is severity]
        causes = ngettext("{count} cause", "{count} causes", len(grouped(those)))
        told += (
            [_("{told} of {causes}").format(told=ngettext(one, several, len(those)), causes=causes)] if those else []
        )
    return "; ".join(told)


def _how() -> str:
    return _(
        "Cells with a fault are red and those with a doubt yellow; the note beside each says what to do. "
        "Mend them and load this workbook as it is: this sheet is left alone."
    )


def _by_cause(found: Sequence[Located]) -> Iterator[tuple[int, Located]]:
    """All that was found, faults first, with the number of its cause."""
    cause = listed = 0
    by_fault = {id(item.fault): item for item in found}
    for severity in Severity:
        for group in grouped([item.fault for item in found if item.fault.kind.severity is severity]):
            cause += 1
            for fault in group.faults:
                if listed < MOST_LISTED:
                    yield cause, by_fault[id(fault)]
                listed += 1


def left_out(found: Sequence[Located]) -> list[str]:
    """A sentence on how many are not listed; none where all are."""
    rest = len(found) - MOST_LISTED
    told = _("This sheet lists the first {most}; {rest} more are in what graph-loader check --json prints.")
    return [told.format(most=number(MOST_LISTED), rest=number(rest))] if rest > 0 else []


def _cells(item: Located, titles: Mapping[Place, str]) -> list[str]:
    fault = item.fault
    where = titles.get(Place(fault.file, fault.sheet)) or ", ".join(part for part in (fault.file, fault.sheet) if part)
    row = str(fault.row or (item.spot[0] if item.spot else ""))
    return [where, row, fault.column, " ".join(fault.value.split())[:1000], fault.sentence, fault.mend]


def _link(at: int, item: Located, titles: Mapping[Place, str]) -> list[str]:
    title = titles.get(Place(item.fault.file, item.fault.sheet))
    if not item.spot or not title:
        return []
    row, column = item.spot
    quoted = title.replace("'", "''")
    target = f"'{quoted}'!{get_column_letter(column)}{row}"
    return [f'<hyperlink ref="D{at}" location="{shown(target)}" display="{shown(target)}"/>']


def _row(row: int, texts: Sequence[str], style: int, other: Mapping[int, int] | None = None) -> str:
    cells = [
        f'<c r="{get_column_letter(place)}{row}" s="{(other or {}).get(place, style)}" t="inlineStr">'
        f'<is><t xml:space="preserve">{shown(text)}</t></is></c>'
        for place, text in enumerate(texts, start=1)
        if text
    ]
    return f'<row r="{row}">{"".join(cells)}</row>'
