"""The learning tree drawn as SVG: time runs from left to right, each region has a row, lines tell who showed it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .html import Html, tag, text
from .labels import FONT

SIZE = FONT + 0.5  # of names, in pixels
LETTER = 0.57 * SIZE  # mean width of one
ROW = 24.0  # pixels from one region to the next
TOP, BOTTOM, LEFT = 30.0, 12.0, 14.0
RADIUS = 5.5
UNDATED = 46.0  # pixels of the strip for what has no date
LONGEST = 26  # letters of a name; the whole of it shows on hover
TRUNK, GRID, INK, CHOSEN = "#B5BCC2", "#E3E6E9", "#1F2A33", "#1F568A"


@dataclass(frozen=True)
class Branch:
    """One region in the tree, and the line that leads to it.

    `on` is when, as a year with its part (2019.5), None where unknown; `span`
    the years that its date may mean. `parent` is the id of the branch that it
    grows from, empty for a root; `colour` and `dash` of `line` tell the grade
    of that. `later` is drawn faint: not yet so in the year chosen. `name` may
    differ from `said`, which the pointer and a screen reader hear. `source` is
    only there for what grew from it: without a date it stands at the left edge.
    """

    id: str
    name: str
    said: str
    colour: str
    on: float | None
    span: tuple[float, float] | None = None
    parent: str = ""
    line: tuple[str, str] = (TRUNK, "")
    address: str = ""
    hollow: bool = False
    later: bool = False
    chosen: bool = False
    source: bool = False


def learning_tree(
    branches: Sequence[Branch], years: tuple[int, int], *, title: str, undated: str, now: int | None = None
) -> Html:
    """The tree in two sizes: one to stand beside a map, one for a phone.

    Parameters
    ----------
    branches
        Roots first among their like; a parent that is not among them makes a root.
    years
        First and last year of the axis.
    title
        What the picture shows, for a screen reader.
    undated
        Heading of the strip for what has no date.
    now
        The year that is looked at, marked by a line; None for all.

    Returns
    -------
    Html
        Empty without branches.
    """
    if not branches:
        return Html("")
    rows = _rows(branches)
    wide = _drawn(rows, years, title, undated, now, 490.0)
    narrow = _drawn(rows, years, title, undated, now, 370.0)
    return Html(f'<div class="tree wide">{wide}</div><div class="tree narrow">{narrow}</div>')


def _rows(branches: Sequence[Branch]) -> list[Branch]:
    """Each branch beneath its parent, the earliest first; one that would be its own ancestor becomes a root."""
    known = {branch.id: branch for branch in branches}
    children: dict[str, list[Branch]] = {}
    for branch in branches:
        children.setdefault(branch.parent if branch.parent in known else "", []).append(branch)
    found: dict[str, Branch] = {}

    def grow(root: Branch) -> None:
        waiting = [root]
        while waiting:
            branch = waiting.pop()
            if branch.id not in found:
                found[branch.id] = branch
                own = sorted(children.get(branch.id, []), key=lambda item: (item.on is None, item.on or 0, item.name))
                waiting.extend(reversed(own))

    for root in [*children.get("", []), *branches]:
        grow(root)
    return list(found.values())


@dataclass(frozen=True)
class _Axis:
    """Years to pixels."""

    first: int
    last: int
    left: float
    right: float
    undated: float | None

    def at(self, year: float) -> float:
        share = (min(max(year, self.first), self.last + 1) - self.first) / (self.last + 1 - self.first)
        return self.left + share * (self.right - self.left)

    def place(self, branch: Branch) -> float:
        if branch.on is not None:
            return self.at(branch.on)
        return self.left if branch.source or self.undated is None else self.undated


def _axis(rows: Sequence[Branch], years: tuple[int, int], width: float) -> _Axis:
    lost = any(row.on is None and not row.source for row in rows)
    right = width - LEFT
    for _round in range(2):  # names of early regions reach over the axis; those of late ones need room beside it
        axis = _Axis(*years, LEFT, right - (UNDATED if lost else 0), right if lost else None)
        over = max(axis.place(row) + RADIUS + 6 + len(_short(row)) * LETTER for row in rows) - width
        right -= max(over, 0)
    right = max(right, width * 0.4)
    return _Axis(*years, LEFT, right - (UNDATED if lost else 0), right if lost else None)


def _drawn(
    rows: Sequence[Branch], years: tuple[int, int], title: str, undated: str, now: int | None, width: float
) -> str:
    height = TOP + ROW * len(rows) + BOTTOM
    axis = _axis(rows, years, width)
    at = {row.id: (axis.place(row), TOP + ROW * (place + 0.5)) for place, row in enumerate(rows)}
    lit = _way(rows)
    parts = [
        _grid(axis, height, undated if axis.undated else "", now),
        *_trunks(rows, at),
        *(_line(row, at, row.id in lit) for row in rows if row.parent in at),
        *(_node(row, at[row.id], axis) for row in rows),
    ]
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{text(title)}">' + "".join(parts) + "</svg>"
    )


def _way(rows: Sequence[Branch]) -> set[str]:
    """The chosen branch and those that it grew from."""
    known = {row.id: row for row in rows}
    found: set[str] = set()
    step = next((row.id for row in rows if row.chosen), "")
    while step in known and step not in found:
        found.add(step)
        step = known[step].parent
    return found


def _grid(axis: _Axis, height: float, undated: str, now: int | None) -> str:
    span = axis.last - axis.first + 1
    room = max(1, int((axis.right - axis.left) // 42))  # so many figures fit
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, span) if span / step <= room)
    marks = []
    for year in range(axis.first + (-axis.first) % step, axis.last + 1, step):
        x = axis.at(year)
        marks.append(
            f'<path d="M{x:.1f} {TOP - 8:g}V{height - 4:g}" stroke="{GRID}"></path>'
            f'<text x="{x:.1f}" y="{TOP - 13:g}" text-anchor="middle" font-size="{FONT:g}">{year}</text>'
        )
    if undated and axis.undated:
        x = axis.undated
        marks.append(
            f'<path d="M{x:.1f} {TOP - 8:g}V{height - 4:g}" stroke="{GRID}" stroke-dasharray="2 3"></path>'
            f'<text x="{x:.1f}" y="{TOP - 13:g}" text-anchor="middle" font-size="{FONT:g}">{text(undated)}</text>'
        )
    if now is not None:
        x = axis.at(now + 1)
        marks.append(f'<path d="M{x:.1f} 0V{height:g}" stroke="{CHOSEN}" stroke-width="1.5" class="now"></path>')
    return "".join(marks)


def _trunks(rows: Sequence[Branch], at: dict[str, tuple[float, float]]) -> list[str]:
    """The upright lines that rows of one parent share: their grades are told by the level lines alone."""
    ends: dict[tuple[str, bool], float] = {}
    for row in rows:
        if row.parent in at:
            key = (row.parent, row.later)
            ends[key] = max(ends.get(key, 0.0), at[row.id][1])
    return [
        f'<path class="trunk{" later" if later else ""}" d="M{at[parent][0]:.1f} {at[parent][1]:.1f}V{end:.1f}" '
        f'fill="none" stroke="{TRUNK}" stroke-width="1.5"></path>'
        for (parent, later), end in ends.items()
    ]


def _line(row: Branch, at: dict[str, tuple[float, float]], lit: bool) -> str:
    (start, _y), (end, y) = at[row.parent], at[row.id]
    colour, dash = row.line
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path class="line{" later" if row.later else ""}" d="M{start:.1f} {y:.1f}H{end:.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="{3.4 if lit else 2:g}"{dashes}></path>'
    )


def _node(row: Branch, at: tuple[float, float], axis: _Axis) -> str:
    x, y = at
    fill, line = ("#FFFFFF", row.colour) if row.hollow else (row.colour, "#FFFFFF")
    span = ""
    if row.span and axis.at(row.span[1]) - axis.at(row.span[0]) > 2 * RADIUS:
        left, right = axis.at(row.span[0]), axis.at(row.span[1])
        span = (
            f'<rect x="{left:.1f}" y="{y - 3:.1f}" width="{right - left:.1f}" height="6" rx="3" '
            f'fill="{row.colour}" fill-opacity="0.28"></rect>'
        )
    ring = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS + 4:g}" fill="none" stroke="{INK}" stroke-width="2"></circle>'
        if row.chosen
        else ""
    )
    circle = (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS:g}" fill="{fill}" stroke="{line}" '
        f'stroke-width="{3 if row.hollow else 1.2:g}"></circle>'
    )
    beside = max(x, axis.at(row.span[1]) - RADIUS if span and row.span else 0.0) + RADIUS + (9 if row.chosen else 6)
    weight = ' font-weight="bold"' if row.chosen else ""
    name = f'<text x="{beside:.1f}" y="{y + FONT / 3:.1f}" font-size="{SIZE:g}"{weight}>{text(_short(row))}</text>'
    inner = Html(f"<title>{text(row.said)}</title>{span}{ring}{circle}{name}")
    class_ = "place" + (" later" if row.later else "")
    if not row.address:
        return f'<g class="{class_}">{inner}</g>'
    return tag("a", inner, href=row.address, class_=class_ + " pick", aria_label=row.said)


def _short(row: Branch) -> str:
    return row.name if len(row.name) <= LONGEST else row.name[: LONGEST - 1].rstrip() + "…"
