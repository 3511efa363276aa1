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
_WIDTHS = (8, 10, 18, 7, 18, 24, 50, 50)
_LINE, _LINE_HEIGHT = 150, 15  # letters of a sentence across all columns, and points
_MOST_FROZEN = 8  # rows: with more, little of the list would be seen on a small screen
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


def listing(
    found: Sequence[Located], titles: Mapping[Place, str], styles: Styles, more: Sequence[str], *, chosen: bool = True
) -> bytes:
    """The sheet as XML, every text as text, cause by cause in the order of mending.

    Parameters
    ----------
    titles
        What the sheets are called in this workbook.
    more
        Sentences about the workbook as a whole.
    chosen
        Whether the workbook opens on this sheet.
    """
    plain, bold, counts = styles.words(), styles.words(bold=True), styles.numbers()
    fills = {severity: styles.words(severity=severity) for severity in Severity}
    rows = [_row(1, [_headline(found)], bold)]
    rows += [_row(number_, [text], plain, lines=_lines(text)) for number_, text in enumerate((_how(), *more), start=2)]
    head = len(rows) + 2
    rows.append(_row(head, [_(heading) for heading in _HEADINGS], bold))
    links = []
    for at, (cause, item) in enumerate(_by_cause(found), start=head + 1):
        kind = item.fault.kind.severity
        cells = [cause, named(kind), *_cells(item, titles)]
        rows.append(_row(at, cells, plain, {1: counts, 2: fills[kind], 4: counts}))
        links += _link(at, item, titles)
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    merged = "".join(f'<mergeCell ref="A{row}:H{row}"/>' for row in range(1, head - 1))
    parts = [
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{_MAIN}">{_view(head, chosen)}',
        f"<cols>{widths}</cols><sheetData>{''.join(rows)}</sheetData>",
        f'<autoFilter ref="A{head}:H{len(rows) + 1}"/>',
        f'<mergeCells count="{head - 2}">{merged}</mergeCells>',
        f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
        "</worksheet>",
    ]
    return "".join(parts).encode()


def _view(head: int, chosen: bool) -> str:
    """How the sheet is looked at: what stands above the list stays in sight."""
    pane = f'<pane ySplit="{head}" topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/>'
    selected = ' tabSelected="1"' if chosen else ""
    return (
        f'<sheetViews><sheetView{selected} workbookViewId="0">{pane if head <= _MOST_FROZEN else ""}'
        "</sheetView></sheetViews>"
    )


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


def _cells(item: Located, titles: Mapping[Place, str]) -> list[str | int]:
    fault = item.fault
    where = titles.get(Place(fault.file, fault.sheet)) or ", ".join(part for part in (fault.file, fault.sheet) if part)
    row = fault.row or (item.spot[0] if item.spot else "")
    return [where, row, fault.title, " ".join(fault.value.split())[:1000], fault.sentence, fault.mend]


def _link(at: int, item: Located, titles: Mapping[Place, str]) -> list[str]:
    title = titles.get(Place(item.fault.file, item.fault.sheet))
    if not item.spot or not title:
        return []
    row, column = item.spot
    quoted = title.replace("'", "''")
    target = f"'{quoted}'!{get_column_letter(column)}{row}"
    return [f'<hyperlink ref="D{at}" location="{shown(target)}" display="{shown(target)}"/>']


def _lines(text: str) -> int:
    """How many lines a sentence takes; programs do not find out by themselves where cells are merged."""
    return 1 + len(text) // _LINE


def _row(
    row: int, cells: Sequence[str | int], style: int, other: Mapping[int, int] | None = None, lines: int = 1
) -> str:
    written = [
        _cell(f"{get_column_letter(place)}{row}", (other or {}).get(place, style), cell)
        for place, cell in enumerate(cells, start=1)
        if cell != ""
    ]
    height = f' ht="{lines * _LINE_HEIGHT}" customHeight="1"' if lines > 1 else ""
    return f'<row r="{row}"{height}>{"".join(written)}</row>'


def _cell(at: str, style: int, cell: str | int) -> str:
    if isinstance(cell, int):
        return f'<c r="{at}" s="{style}"><v>{cell}</v></c>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown(cell)}</t></is></c>'
