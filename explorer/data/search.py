"""Search over everything that has a profile: by its name, else by the words of what is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from explorer.analysis.matching import CERTAIN, matches, plain
from explorer.analysis.records import Record, records
from explorer.analysis.territories import Territories
from explorer.analysis.wording import Texts, wanted

from . import kept
from .graph import ask, state
from .network import territories, theme_names

CLEAR_LEAD = 12.0  # by how much the best must lead for Enter to open it at once
SOURCE = "Source"
HELD_WHOLE = 90.0  # from which score on a name holds all that was typed, as it was typed


@dataclass(frozen=True)
class Found:
    """One node that fits what was typed."""

    id: str
    label: str
    name: str
    alias: str  # by which it was found, where not by its name
    kind: str
    place: str
    certain: bool  # what was meant, beyond doubt: to be opened at once
    holds: tuple[str, ...] = ()  # of the words asked for, where it lacks others
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Shelf:
    """All that can be found: `rows` as the query gives them; names with the place of their row; texts by row."""

    rows: list[Record]
    keys: list[int]
    names: list[str]
    texts: Texts


def search(typed: str, *, most: int = 30) -> list[Found]:
    """Nodes that fit what was typed, the best first; each once.

    First those that are called so. Then those that hold all the words that
    tell something, in their name or in what is said of them, with the kind of
    node asked for first ("visit to Chemnitz"). Where nothing does, those that
    hold most of the words, each with the words that it lacks.
    """
    shelf = _shelf(state().version)
    named, whole = _called(typed, shelf, most)
    held, as_typed = _holding(typed, shelf)
    if not named:
        return held[:most]
    further = [item for item in held if not item.lacks]
    # what only resembles a name comes after what holds the words asked for
    first, second = (further, named) if as_typed and not whole else (named, further)
    found = _each_once([*first, *second])[:most]
    return [replace(found[0], certain=True)] if len(found) == 1 else found


def _each_once(found: list[Found]) -> list[Found]:
    kept: dict[str, Found] = {}
    for item in found:
        kept.setdefault(item.id, item)
    return list(kept.values())


def _called(typed: str, shelf: _Shelf, most: int) -> tuple[list[Found], bool]:
    """Those whose name, alias or id fits; and whether the best holds all of it, not only something like it."""
    best: dict[str, tuple[float, Found]] = {}
    for hit in matches(typed, shelf.names, most=4 * most):
        row, alias = shelf.rows[shelf.keys[hit.place]], shelf.names[hit.place]
        if row["id"] not in best:
            best[row["id"]] = (hit.score, _found(row, alias if alias != plain(str(row["name"])) else ""))
    ranked = list(best.values())[:most]
    if not ranked:
        return [], False
    first = ranked[0][0]
    clear = first >= CERTAIN and (len(ranked) == 1 or first - ranked[1][0] >= CLEAR_LEAD)
    found = [item for _score, item in ranked]
    return [replace(found[0], certain=clear), *found[1:]], first >= HELD_WHOLE


def _holding(typed: str, shelf: _Shelf) -> tuple[list[Found], bool]:
    """Those that hold the most of the words asked for, and whether they do without a slip of the finger.

    Nodes of a kind asked for come first; sources last, as what they state has an entry of its own.
    """
    asked = wanted(typed)
    held, rows = shelf.texts.holding(asked.words), shelf.rows
    most = [item for item in held if len(item.words) == len(held[0].words)]

    def kind(place: int) -> tuple[bool, bool]:
        label = rows[place]["label"]
        return label not in asked.labels, label == SOURCE

    ranked = sorted(most, key=lambda item: kind(item.place))  # keeps the order of each kind
    found = []
    for item in ranked:
        lacks = tuple(word for word in asked.words if word not in item.words)
        found.append(replace(_found(rows[item.place], ""), holds=item.words if lacks else (), lacks=lacks))
    return found, all(item.as_typed for item in most)


# No page changes it, so all sessions share it as it is.
@kept.shared(3)
def _shelf(version: str) -> _Shelf:  # noqa: ARG001 (part of the cache key)
    rows = records(ask("names"))
    areas, land = _areas(), territories()
    said, tied = _said(), _tied(land)
    keys, names, called, texts = [], [], [], []
    for place, row in enumerate(rows):
        aliases = row["aliases"] if isinstance(row["aliases"], list) else []
        for name in [row["name"], *aliases, row["id"]]:
            keys.append(place)
            names.append(plain(str(name)))
        called.append([row["name"], *aliases])
        area = row["id"] if row["label"] == "Region" else row["place"]
        texts.append([*areas.get(area, ()), *said.get(row["id"], ())])
    return _Shelf(rows, keys, names, Texts(called, texts, [tied.get(row["id"], ()) for row in rows]))


def _areas() -> dict[str, list[str]]:
    """What a region lies in, by its id, and by its name with that name: other nodes name their place so."""
    land = territories()
    found: dict[str, list[str]] = {}
    for region, name in land.names.items():
        above = [land.names.get(area, area) for area in land.above(region)]
        found[region] = above
        found.setdefault(name, []).extend([name, *above])
    return found


def _said() -> dict[str, list[str]]:
    """What else is said of approaches (summary, themes) and of visits (what they were about, who hosted)."""
    found: dict[str, list[str]] = {}
    themes = theme_names()
    for row in records(ask("approaches")):
        summary = [row["summary"]] if isinstance(row["summary"], str) else []
        found[row["id"]] = [*summary, *(themes.get(theme, "") for theme in row["themes"])]
    presence = ask("visit_presence")
    hosts = presence[presence["part"] == "hosted"]
    _add(found, zip(hosts["visit_id"], hosts["body"], strict=True))
    about = ask("visit_subjects")
    _add(found, zip(about["visit_id"], about["subject"], strict=True))
    return found


def _tied(land: Territories) -> dict[str, list[str]]:
    """The regions that took an approach over or considered it, and those that came to a visit, with where they lie."""
    steps, known = ask("adoption_steps"), land.names
    presence = ask("visit_presence").dropna(subset=["region_id"])
    found: dict[str, list[str]] = {}
    _add(found, zip(presence["visit_id"], presence["body"], strict=True))
    for table, node in ((steps, "approach_id"), (presence, "visit_id")):
        for own, region in table[[node, "region_id"]].drop_duplicates().itertuples(index=False, name=None):
            found.setdefault(own, []).extend(known.get(area, area) for area in (region, *land.above(region)))
    return found


def _add(found: dict[str, list[str]], pairs: Iterable[tuple[str, str]]) -> None:
    for node, text in pairs:
        found.setdefault(node, []).append(text)


def _found(row: Record, alias: str) -> Found:
    def word(key: str) -> str:
        return row[key] if isinstance(row[key], str) else ""

    return Found(row["id"], row["label"], row["name"], alias, word("kind"), word("place"), certain=False)
