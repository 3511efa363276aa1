"""The map itself: which circles and lines are drawn, how they look, what they say."""

import math

from explorer import links
from explorer.analysis.records import Record, records
from explorer.analysis.spread.tree import GRADES
from explorer.data import map as regions_map
from explorer.data import network
from explorer.data.map import Asked, MapShown
from explorer.data.story import shapes
from explorer.pictures.html import Html, items, join, tag
from explorer.pictures.maps import Flow, Place, region_map
from graph_store import schema
from languages.words import _, ngettext, number

from . import frame, url
from .approach_looks import LINES

DRAWN = 60  # drawn; more than that is a tangle

CLOSE = 0.4  # share of the circles that have an outline: below it, outlines without a tie are left out
BENDS = {"": 0.16, "stated": 0.16, "consistent": 0.22, "from above": 0.1, "inferred": 0.28}
THINNEST, THICKEST = 1.4, 4.5


def draw(asked: Asked, shown: MapShown, title: str) -> None:
    """Draw legend and map, with what was left out of it and the buttons that save it."""
    drawn = _lines(asked, shown)
    frame.show(_key(asked, shown))
    places = _places(asked, shown)
    fit = {place.id for place in places if not place.faint}
    if asked.zoom and asked.by != "country":
        fit = network.territories().within(asked.zoom) - {asked.zoom}
    outlines = shapes() if asked.by == "region" else {}
    frame.drawing(region_map(places, drawn, shapes=outlines, title=title, fit=fit))
    said = [_("A click on a circle opens the region, on a line what it rests on.")]
    if len(shown.ties) > len(drawn):
        said.append(
            _(
                "Drawn are the {shown} strongest of {count} ties, among equals those of the regions "
                "with most partners; the tables hold the others."
            ).format(shown=number(len(drawn)), count=number(len(shown.ties)))
        )
    frame.show(tag("p", " ".join(said), class_="quiet"))
    buttons = frame.picture_saves(".map", "map", _("Map"), title, legend=".legend")
    frame.show(tag("div", buttons, class_="saves"))


def _key(asked: Asked, shown: MapShown) -> Html:
    """Line styles and circles, in words."""
    entries: list[tuple[str, str, object]] = []
    if asked.tie == "adoptions":
        present = set(shown.ties["grade"])
        for item in GRADES:
            if item.code in present:
                look = LINES[item.code]
                entries.append((look.colour, look.signs, f"{_(item.title)}: {_(look.words)}"))
        entries.append((schema.BLUE, "●", _("took over from another")))
        entries.append((schema.BLUE, "◯", _("others took over from here")))
    elif asked.tie == "visits":
        entries.append((schema.BLUE, "─▶", _("from the host to who came; wider: more visits")))
        entries.append((schema.BLUE, "●", _("went on a visit")))
        entries.append((schema.BLUE, "◯", _("only hosted")))
    else:
        entries.append((schema.BLUE, "──", _("shared projects; wider: more of them")))
    return items((join([_sign(sign, colour), " ", words]) for colour, sign, words in entries), "legend")


def _sign(sign: str, colour: str) -> Html:
    return tag("span", sign, style=f"color:{colour}", class_="signs", aria_hidden="true")


def _places(asked: Asked, shown: MapShown) -> list[Place]:
    """The tied regions, most partners first; behind them, faintly, those with an outline and without a tie."""
    chosen = network.territories().within_any(asked.regions) if asked.regions else set()
    home = regions_map.home_of()
    focus = {home[item] for item in chosen} | chosen
    tied = [
        Place(
            row["id"],
            row["name"],
            row["latitude"],
            row["longitude"],
            schema.BLUE,
            f"{row['name']}: {gave_and_took(asked, row)}",
            links.profile("Region", row["id"]),
            radius=3.2 + min(1.1 * math.sqrt(row["partners"]), 6.5) + (2 if row["id"] in focus else 0),
            hollow=asked.tie != "projects" and not row["taken"],
        )
        for row in records(shown.places.dropna(subset="latitude").reset_index(names="id"))
    ]
    outlined = shapes()
    if asked.by == "country" or sum(place.id in outlined for place in tied) < CLOSE * len(tied):
        return tied
    without = regions_map.located().loc[
        lambda known: known.index.isin(outlined) & ~known.index.isin(shown.places.index)
    ]
    return tied + [
        Place(
            row["id"],
            row["name"],
            row["latitude"],
            row["longitude"],
            schema.GREYS[1],
            _("{name}: no such tie is on record").format(name=row["name"]),
            links.profile("Region", row["id"]),
            radius=2.0,
            label=False,
            faint=True,
        )
        for row in records(without.dropna(subset="latitude").reset_index(names="id"))
    ]


def _lines(asked: Asked, shown: MapShown) -> list[Flow]:
    placed = shown.places.index[shown.places["latitude"].notna()]
    seen = shown.ties[shown.ties["a"].isin(placed) & shown.ties["b"].isin(placed)].head(DRAWN)
    most = int(seen["strength"].max()) if len(seen) else 1
    names, sign = shown.places["name"], "–" if asked.tie == "projects" else "→"
    return [
        Flow(
            a,
            b,
            LINES[grade].colour if grade else schema.BLUE,
            LINES[grade].dash if grade else "",
            said=f"{names[a]} {sign} {names[b]}: {how_many(asked, grade, strength)}",
            width=_width(strength, most),
            arrow=asked.tie != "projects",
            bend=BENDS[grade],
            address=url.address_with(links.MAP, one=a, other=b),
        )
        for a, b, grade, strength in seen[["a", "b", "grade", "strength"]].itertuples(index=False)
    ]


def _width(strength: int, most: int) -> float:
    """Pixels: a line twice as strong covers twice as much more."""
    return round(THINNEST + (THICKEST - THINNEST) * (strength - 1) / max(most - 1, 4), 1)


def how_many(asked: Asked, grade: str, strength: int) -> str:
    """How many visits, projects or approaches a tie rests on, in words."""
    if asked.tie == "visits":
        return ngettext("{count} visit", "{count} visits", strength)
    if asked.tie == "projects":
        return ngettext("{count} shared project", "{count} shared projects", strength)
    words = next(_(item.title) for item in GRADES if item.code == grade)
    return ngettext("{count} approach", "{count} approaches", strength) + f" ({words})"


def gave_and_took(asked: Asked, row: Record) -> str:
    """What a region gave and took, as a sentence."""
    given, taken = int(row["given"]), int(row["taken"])
    others = ngettext("{count} other region", "{count} other regions", int(row["partners"]))
    if asked.tie == "projects":
        shared = ngettext("{count} shared project", "{count} shared projects", max(given, taken))
        return _("tied to {others}").format(others=others) + f" ({shared})"
    came = ngettext("{count} region came", "{count} regions came", int(row["to_regions"]))
    if asked.tie == "visits":
        parts = [ngettext("hosted {count} visit", "hosted {count} visits", given) + f" ({came})" if given else ""]
        parts.append(ngettext("went to {count} visit", "went to {count} visits", taken) if taken else "")
    else:
        learnt = ngettext(
            "{count} region took over from here", "{count} regions took over from here", int(row["to_regions"])
        )
        parts = [learnt if given else ""]
        own = ngettext("took over {count} approach itself", "took over {count} approaches itself", taken)
        parts.append(own if taken else "")
    return "; ".join(part for part in parts if part)
