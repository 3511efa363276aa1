"""Regions by approaches: how far each region went with each approach, as a table whose headings stay in sight."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph_store.schema import BLUE, CYAN, GREEN, PURPLE, RED, STAGES, TAKEN_OVER, YELLOW, title_of
from languages.words import N_, _

from .html import Html, items, join, link, tag

ORIGIN, CAME = "origin", "came"

# Sign, colour of the cell, and whether its sign is white. The rungs are figures: the higher, the further.
SIGNS = {
    ORIGIN: ("●", PURPLE, True),
    CAME: ("·", "#FFFFFF", False),
    "considering": ("1", "#DDDDDD", False),
    "adapting": ("2", YELLOW, False),
    "partial": ("3", CYAN, False),
    "full": ("4", BLUE, True),
    "policy": ("5", GREEN, True),
    "dropped": ("×", RED, False),
}
_WORDS = {ORIGIN: N_("It began here"), CAME: N_("Came to see it, no step is on record")}

HEAD = 34  # letters of an approach's name in the heading; the whole name is its title


@dataclass(frozen=True)
class Cell:
    """How a region stands towards an approach: a code of `SIGNS`, since when in words, and where it is told."""

    code: str
    when: str
    address: str


@dataclass(frozen=True)
class Line:
    """A row or a column: id, name, address of the profile, and for a row the heading that it stands under."""

    id: str
    name: str
    address: str
    group: str = ""


def matrix(
    regions: Sequence[Line], approaches: Sequence[Line], cells: Mapping[tuple[str, str], Cell], caption: str
) -> Html:
    """The table: one row per region, one column per approach; a row with a heading before each new group."""
    head = [tag("th", _("Region"), scope="col")]
    head += [tag("th", tag("span", _heading(item)), scope="col", title=item.name) for item in approaches]
    head.append(tag("th", _("Taken over"), scope="col", class_="number"))
    body, group = [], ""
    for region in regions:
        if region.group != group:
            group = region.group
            over = tag("th", tag("span", group), scope="rowgroup", colspan=str(len(approaches) + 2))
            body.append(tag("tr", over, class_="group"))
        body.append(_row(region, approaches, cells))
    inner = [tag("caption", caption), tag("thead", tag("tr", join(head))), tag("tbody", join(body))]
    shown = tag("table", join(inner))
    return tag("div", shown, class_="table rungs", tabindex="0", role="region", aria_label=caption)


def words_of(code: str) -> str:
    """What a sign means."""
    return _(_WORDS[code]) if code in _WORDS else _(title_of(STAGES, code))


def key(codes: Collection[str]) -> Html:
    """What the signs mean, of those that occur."""
    return items((join([_sign(code), " ", words_of(code)]) for code in codes_in_order(codes)), "legend rung-key")


def codes_in_order(codes: Collection[str]) -> list[str]:
    """The signs that occur, in the order of a legend."""
    return [code for code in (CAME, *(stage.code for stage in STAGES), ORIGIN) if code in codes]


def shortened(name: str, most: int = HEAD) -> str:
    """A name that fits a heading: without what stands in brackets, and cut where that is still too long."""
    if len(name) > most:
        name = name.split(" (", maxsplit=1)[0].strip()
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _heading(item: Line) -> Html:
    return link(shortened(item.name), item.address)


def _row(region: Line, approaches: Sequence[Line], cells: Mapping[tuple[str, str], Cell]) -> Html:
    found = [cells.get((region.id, item.id)) for item in approaches]
    took = sum(cell is not None and cell.code in TAKEN_OVER for cell in found)
    parts = [tag("th", link(region.name, region.address), scope="row")]
    parts += [_cell(cell, region, item) for cell, item in zip(found, approaches, strict=True)]
    parts.append(tag("td", took, class_="number") if took else Html("<td></td>"))
    return tag("tr", join(parts))


def _cell(cell: Cell | None, region: Line, approach: Line) -> Html:
    if cell is None:
        return Html("<td></td>")
    told = f"{region.name}, {approach.name}: {words_of(cell.code)}" + (f", {cell.when}" if cell.when else "")
    sign = tag("a", SIGNS[cell.code][0], href=cell.address, title=told, aria_label=told)
    return tag("td", sign, class_="rung-" + cell.code)


def _sign(code: str) -> Html:
    return tag("span", SIGNS[code][0], class_="rung rung-" + code, aria_hidden="true")


def styles() -> Html:
    """The colours of the signs as a style sheet, so that each is said once."""
    rules = [
        f".rung-{code},.rung-{code} a{{background:{colour};color:{'#fff' if white else '#1f2a33'}!important}}"
        for code, (_mark, colour, white) in SIGNS.items()
    ]
    return Html("<style>" + "".join(rules) + "</style>")
