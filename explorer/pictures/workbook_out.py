"""The list of those to be asked as a workbook: filled in by hand, it goes through the loader as it is.

The loader takes the sheets ``attendances`` and ``data_set``; it leaves alone
what is called *Read me*, hidden sheets and comments, so the words stand there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph_store.schema import OUTCOMES
from graph_store.tables import table
from languages.words import _

TABLE = "attendances"
READ_ME = "Read me"  # the loader leaves sheets of this name alone, in English only
_LISTS = "_lists"
_TO_FILL = ("outcome", "outcome_on")
_WIDE = {"attendee": 34, "visit": 34, "outcome": 18, "outcome_on": 16, "note": 48}
_LONGEST = 255  # characters that Excel allows in the words beside a cell
_BOLD, _LINK = Font(bold=True), Font(color="1F568A", underline="single")
_HEAD, _FILL = PatternFill("solid", fgColor="E9EFF4"), PatternFill("solid", fgColor="FBF6DC")
_LINE = Side(style="thin", color="D5D9DD")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Asked:
    """One row to be answered: the cells of the loader's table, and the same in words.

    `words` are region, who came, meeting, when, host, approach; `why` says
    since when nothing was heard, or that it was answered before.
    """

    cells: Mapping[str, str]
    words: tuple[str, str, str, str, str, str]
    why: str


def outcome_form(rows: Sequence[Asked], data_set: str, *, simulated: bool, today: date) -> bytes:
    """A workbook with a row for each attendance to be answered, and drop-downs for what came of it.

    Parameters
    ----------
    rows
        In the order of the sheets.
    data_set
        Id to load the answers as; a load replaces all that it said before.
    simulated
        Whether the answers go into a made-up network.
    today
        Up to when what came of the visits is asked for.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    words, answers = book.create_sheet(READ_ME), book.create_sheet(TABLE)
    _said_of_set(book.create_sheet("data_set"), data_set, simulated, today)
    _answers(answers, rows, book.create_sheet(_LISTS))
    _read_me(words, rows)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _read_me(sheet: Worksheet, rows: Sequence[Asked]) -> None:
    lines = [
        _("What came of these visits?"),
        _("1. Ask those who came, in the list below. A click on “answer” leads to the row to fill in."),
        _("2. Choose what came of it in the column outcome, and write in outcome_on when that was known."),
        _("3. Leave a row empty if nobody could tell. Where several came for one region, one answer is enough."),
        _("4. Change no ids and no headings. Save the file as .xlsx and send it to your data steward."),
        _("For the steward: graph-loader load THIS-FILE.xlsx --data-set outcomes"),
        _("It replaces the answers of earlier rounds; those are in this file, too, so nothing is lost."),
    ]
    for number, line in enumerate(lines, start=1):
        _put(sheet, number, (line,))
    sheet["A1"].font = Font(bold=True, size=14)
    first = len(lines) + 2
    _put(sheet, first, (_("outcome"), _("It means")), _BOLD)
    for number, option in enumerate(OUTCOMES, start=first + 1):
        _put(sheet, number, (option.code, _(option.title)))
    first += len(OUTCOMES) + 2
    heading = ("", _("Region"), _("Who came"), _("Meeting"), _("When"), _("Host"), _("About"), _("Why it is asked"))
    for cell in _put(sheet, first, heading, _BOLD):
        cell.fill = _HEAD
    for place, row in enumerate(rows, start=1):
        cells = _put(sheet, first + place, (_("answer"), *row.words, row.why))
        cells[0].hyperlink, cells[0].font = f"#'{TABLE}'!{_column('outcome')}{place + 1}", _LINK
        for cell in cells:
            cell.alignment = _WRAP
    for letter, width in zip("ABCDEFGH", (15, 24, 30, 40, 13, 24, 34, 36), strict=True):
        sheet.column_dimensions[letter].width = width


def _answers(sheet: Worksheet, rows: Sequence[Asked], lists: Worksheet) -> None:
    columns = table(TABLE).columns
    _put(sheet, 1, [column.name for column in columns], _BOLD)
    for place, column in enumerate(columns, start=1):
        head = sheet.cell(1, place)
        head.fill = _FILL if column.name in _TO_FILL else _HEAD
        head.comment = Comment(_(column.property.description), TABLE, width=280, height=90)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDE.get(column.name, 14)
    lists.sheet_state = "hidden"
    for number, option in enumerate(OUTCOMES, start=1):
        lists.cell(number, 1, option.code)
    for number, row in enumerate(rows, start=2):
        cells = _put(sheet, number, [row.cells.get(column.name, "") for column in columns])
        for column, cell in zip(columns, cells, strict=True):
            cell.number_format = "@"  # as text, so that Excel leaves 2019-02 as it is typed
            if column.name in _TO_FILL:
                cell.fill, cell.border = _FILL, _EDGE
        region, who, meeting, when, host, about = row.words
        told = _("{who} ({region}) came to {meeting}, {when}, at {host}, about {about}.").format(
            who=who, region=region, meeting=meeting, when=when, host=host, about=about
        )
        cells[0].comment = Comment(told, TABLE, width=340, height=110)
        sheet.add_data_validation(_drop_down(number, told))
    sheet.freeze_panes = "A2"


def _drop_down(row: int, told: str) -> DataValidation:
    """The drop-down of one row, which tells beside the cell what is asked."""
    rule = DataValidation("list", formula1=f"{_LISTS}!$A$1:$A${len(OUTCOMES)}", allow_blank=True)
    rule.promptTitle, rule.prompt = _("What came of it?")[:32], told[:_LONGEST]
    rule.error, rule.errorTitle = _("Choose a value from the list."), "outcome"
    rule.showErrorMessage = rule.showInputMessage = True
    rule.add(f"{_column('outcome')}{row}")
    return rule


def _said_of_set(sheet: Worksheet, data_set: str, simulated: bool, today: date) -> None:
    said = {
        "id": data_set,
        "name": _("What came of visits, as those who came say"),
        "kind": "simulated" if simulated else "recorded",
        "data_until": today.isoformat(),
    }
    _put(sheet, 1, list(said), _BOLD)
    for cell in _put(sheet, 2, list(said.values())):
        cell.number_format = "@"
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 24


def _put(sheet: Worksheet, row: int, values: Sequence[str], font: Font | None = None) -> list[Cell]:
    """Fill a row, and return its cells; nothing in it is ever taken for a formula."""
    cells = []
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        assert isinstance(cell, Cell)  # nothing here is merged
        if value:
            cell.value = value
            cell.data_type = "s"  # never a formula
        if font:
            cell.font = font
        cells.append(cell)
    return cells


def _column(name: str) -> str:
    names = [column.name for column in table(TABLE).columns]
    return get_column_letter(names.index(name) + 1)
