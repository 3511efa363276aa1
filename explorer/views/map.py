"""Map: which regions are tied, by what was taken over, by visits, by projects; and the same as tables."""

import streamlit as st

from explorer import links
from explorer.analysis.records import Record, records
from explorer.analysis.spread.tree import GRADES
from explorer.data import map as regions_map
from explorer.data import network
from explorer.data.map import Asked, MapShown
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from languages.words import _, country, in_words, listing, ngettext, number

from . import frame, url
from . import map_filters as bar
from . import map_picture as picture

ROWS = 150  # of the tables; the downloads have all
THROUGH = 3  # things named in a row; a click shows all
THINGS = {"adoptions": "Approach", "visits": "Visit", "projects": "Project"}


def render() -> None:
    """Draw the page."""
    asked = bar.asked_for()
    shown = regions_map.shown(asked)
    zooms = regions_map.zooms(asked)
    title = _heading(asked, shown)
    frame.title(title)
    bar.draw(asked, shown, zooms)
    if shown.ties.empty:
        frame.notice(_why_empty(asked, shown))
        frame.show(_method(asked, shown))
        return
    frame.show(bar.near(asked, zooms))
    left, side = st.columns([2.3, 1], gap="medium")
    with left:
        picture.draw(asked, shown, title)
    with side:
        frame.show(_pair(asked) or _leaders(asked, shown))
    frame.show(_left_out(asked, shown))
    frame.show(tag("h2", ngettext("{count} tie", "{count} ties", len(shown.ties))))
    frame.show(_tie_table(asked, shown))
    frame.show(tag("h2", ngettext("{count} region", "{count} regions", len(shown.places))))
    frame.show(_place_table(asked, shown))
    frame.show(_method(asked, shown))
    _save(asked, shown)


def _heading(asked: Asked, shown: MapShown) -> str:
    text = {"adoptions": _adoptions_heading, "visits": _visits_heading, "projects": _projects_heading}[asked.tie](shown)
    names = network.region_names()
    where = [names[item] for item in (asked.zoom,) if item and asked.by != "country"]
    about = [names[item] for item in asked.regions]
    if len(asked.regions) == 1 and asked.regions[0] in shown.places.index:
        row = records(shown.places.loc[[asked.regions[0]]])[0]
        text = _("{names}: {sentence}").format(names=about[0], sentence=picture.gave_and_took(asked, row))
    elif about or where:
        text = _("{names}: {sentence}").format(names=listing(about or where), sentence=text)
    return text + (f", {asked.years[0]}–{asked.years[1]}" if asked.years else "")


def _adoptions_heading(shown: MapShown) -> str:
    if shown.places.empty:
        return _("No taking-over between regions with a known source")
    text = ngettext(
        "{count} taking-over between regions with a known source",
        "{count} takings-over between regions with a known source",
        shown.units,
    )
    sure = shown.ties["grade"].value_counts()
    told = [f"{number(int(sure[item.code]))} {_(item.title).lower()}" for item in GRADES if item.code in sure.index]
    return text + (": " + "; ".join(told) if told and int(shown.ties["strength"].max()) == 1 else "")


def _visits_heading(shown: MapShown) -> str:
    if shown.places.empty:
        return _("No visit between two regions")
    text = ngettext("{count} visit between regions", "{count} visits between regions", shown.units)
    regions = shown.places[shown.places["kind"] != "country"]
    regions = shown.places if regions.empty else regions
    best = records(regions.sort_values(["taken", "name"], ascending=[False, True]).head(1))[0]
    return text + _("; {name} went to most: {count}").format(name=best["name"], count=number(best["taken"]))


def _projects_heading(shown: MapShown) -> str:
    if shown.places.empty:
        return _("No project shared by two regions")
    text = ngettext("{count} project shared by regions", "{count} projects shared by regions", shown.units)
    best = records(shown.places.head(1))[0]
    return text + _("; {name} is tied to most: {count} others").format(
        name=best["name"], count=number(best["partners"])
    )


def _leaders(asked: Asked, shown: MapShown) -> Html:
    """Before a tie is chosen: who stands out, in words; a name shows only its ties."""
    entries = [
        join([
            tag("a", row["name"], href=url.address_with(links.MAP, region=row["id"]), class_="pick"),
            tag("div", picture.gave_and_took(asked, row), class_="quiet"),
        ])
        for row in records(shown.places.head(6).reset_index(names="id"))
    ]  # fmt: skip
    hint = tag("p", _("A name here leaves only its ties on the map."), class_="quiet")
    return tag("section", join([tag("h2", _("Tied to most regions")), items(entries), hint]), class_="card")


def _pair(asked: Asked) -> Html:
    """What the chosen tie rests on; nothing where none is chosen, or it is no tie."""
    one, other = st.query_params.get("one", ""), st.query_params.get("other", "")
    rows = regions_map.behind(asked, one, other) if one and other else []
    if not rows:
        return Html("")
    names = network.territories().names
    sign = " – " if asked.tie == "projects" else " → "
    ends = [link(names[item], links.profile("Region", item)) for item in (one, other)]
    counted = {row["id"] for row in rows}
    heading = tag("h2", join([ends[0], sign, ends[1]]))
    body = [
        tag(
            "p",
            picture.how_many(asked, rows[0]["grade"], len(counted)) if asked.tie != "adoptions" else "",
            class_="quiet",
        ),
        items(_behind(asked, row) for row in rows),
        tag(
            "p",
            tag("a", _("Clear the selection"), href=url.address_with(links.MAP, one=None, other=None), class_="pick"),
        ),
    ]
    return tag("section", join([heading, *body]), class_="card")


def _behind(asked: Asked, row: Record) -> Html:
    name = link(row["name"], links.profile(THINGS[asked.tie], row["id"]))
    when = tag("span", in_words(row["on"]) if row["on"] else _("date unknown"), class_="when")
    if asked.tie != "adoptions":
        return join([name, " ", when])
    grade = next(item for item in GRADES if item.code == row["grade"])
    known = [_(grade.title), ". ", _(grade.explained)]
    if row["visit"]:
        visit = link(row["visit_name"], links.profile("Visit", row["visit"]))
        known += [" ", sentence(_("Visit: {visit}"), visit=visit)]
    return join([name, " ", when, tag("div", join(known), class_="quiet")])


def _left_out(asked: Asked, shown: MapShown) -> Html:
    """What the picture cannot show, each with its number."""
    said = []
    if asked.tie == "adoptions" and shown.sourceless:
        every = number(sum(shown.by_grade.values()) + shown.inside + shown.sourceless)
        said.append(
            ngettext(
                "{count} of {every} takings-over has no known source, so no line shows it.",
                "{count} of {every} takings-over have no known source, so no line shows them.",
                shown.sourceless,
            ).replace("{every}", every)
        )
    if shown.leading_out and asked.zoom:
        said.append(
            ngettext(
                "{count} tie leads out of the frame; its line runs to the edge.",
                "{count} ties lead out of the frame; their lines run to the edge.",
                shown.leading_out,
            )
        )
    if shown.inside:
        said.append(
            ngettext(
                "{count} more stayed inside one region and is not drawn.",
                "{count} more stayed inside one region and are not drawn.",
                shown.inside,
            )
        )
    if shown.undated:
        said.append(
            ngettext(
                "{count} of unknown date is left out of the period.",
                "{count} of unknown date are left out of the period.",
                shown.undated,
            )
        )
    said += _unplaced(shown)
    return items((tag("span", item, class_="quiet") for item in said), "plain") if said else Html("")


def _unplaced(shown: MapShown) -> list[str]:
    said = []
    if missing := int(shown.places["latitude"].isna().sum()):
        said.append(
            ngettext(
                "{count} region without a known position is not on the map; the tables have it.",
                "{count} regions without a known position are not on the map; the tables have them.",
                missing,
            )
        )
    if reckoned := int((shown.places["reckoned"] & shown.places["latitude"].notna()).sum()):
        said.append(
            ngettext(
                "{count} region without a position of its own stands in the middle of the regions in it.",
                "{count} regions without a position of their own stand in the middle of the regions in them.",
                reckoned,
            )
        )
    return said


def _why_empty(asked: Asked, shown: MapShown) -> Html:
    if asked == Asked(tie=asked.tie):
        if shown.inside:
            text = ngettext(
                "The only one on record stayed inside one region, so it ties no two regions.",
                "All {count} on record stayed inside one region, so they tie no two regions.",
                shown.inside,
            )
        else:
            text = _("No tie of this kind between two regions is on record.")
        other = "visits" if asked.tie != "visits" else "projects"
        return join(
            [text, " ", link(_("Look at: {kind}").format(kind=_(bar.TIES[other])), links.address(links.MAP, tie=other))]
        )
    return join(
        [
            _("No tie between two regions is left with these filters."),
            " ",
            link(_("Show everything"), bar.cleared(asked)),
        ]
    )


def _tie_table(asked: Asked, shown: MapShown) -> Html:
    names = shown.places["name"]
    known = network.names()
    directed = asked.tie != "projects"
    rows = [
        {
            "a": link(names[a], links.profile("Region", a)),
            "b": link(names[b], links.profile("Region", b)),
            "grade": next((_(item.title) for item in GRADES if item.code == grade), ""),
            "strength": link(number(strength), url.address_with(links.MAP, one=a, other=b)),
            "strength_sort": strength,
            "through": _through(asked, through, known, url.address_with(links.MAP, one=a, other=b)),
        }
        for a, b, grade, strength, through in shown.ties.head(ROWS).itertuples(index=False)
    ]
    columns = [
        Column("a", _("From") if directed else _("One")),
        Column("b", _("To") if directed else _("Other")),
        Column("grade", _("How well known")),
        Column("strength", _("How many"), numeric=True),
        Column("through", _("Through")),
    ]
    used = [item for item in columns if item.name != "grade" or asked.tie == "adoptions"]
    return join([table(rows, used, _("Ties between regions, the strongest first")), _cut(len(shown.ties))])


def _through(asked: Asked, things: list[str], known: dict[str, tuple[str, str]], address: str) -> Html:
    named = [link(known[item][0], links.profile(THINGS[asked.tie], item)) for item in things[:THROUGH] if item in known]
    if len(things) > THROUGH:
        named.append(link(_("{count} more").format(count=number(len(things) - THROUGH)), address))
    return tag("div", join(named, "; "), class_="through")


def _place_table(asked: Asked, shown: MapShown) -> Html:
    rows = [
        {
            "name": link(row["name"], links.profile("Region", row["id"])),
            "country": country(row["country"]) if row["country"] else "",
            "partners": int(row["partners"]),
            "given": int(row["given"]),
            "taken": int(row["taken"]),
            "only": link(_("only its ties"), url.address_with(links.MAP, region=row["id"])),
        }
        for row in records(shown.places.head(ROWS).reset_index(names="id"))
    ]
    given, taken = {
        "adoptions": (_("Approaches taken over from it"), _("Approaches it took over")),
        "visits": (_("Visits hosted"), _("Visits it went to")),
        "projects": (_("Shared projects"), ""),
    }[asked.tie]
    columns = [
        Column("name", _("Region")),
        Column("country", _("Country")),
        Column("partners", _("Other regions"), numeric=True),
        Column("given", given, numeric=True),
        *([Column("taken", taken, numeric=True)] if taken else []),
        Column("only", _("On the map")),
    ]
    return join([table(rows, columns, _("Regions on the map, those tied to most first")), _cut(len(shown.places))])


def _cut(count: int) -> Html:
    if count <= ROWS:
        return Html("")
    words = _("The first {shown} of {count} rows; the download has all.").format(shown=ROWS, count=number(count))
    return tag("p", words, class_="quiet")


def _method(asked: Asked, shown: MapShown) -> Html:
    """How ties between bodies become ties between regions."""
    said = [
        _(
            "Each body counts for the labour-market region that it lies in; where there is none, for its own city, "
            "province or country. A ministry counts for its country only, never for every region in it."
        )
        if asked.by == "region"
        else _("Each body and region counts for the country that it lies in.")
    ]
    if asked.tie == "adoptions":
        said.append(_("A line runs from the region that another may have learnt from to the one that took it over."))
        said += [f"{_(item.title)}: {_(item.explained)}" for item in GRADES]
    elif asked.tie == "visits":
        said.append(
            _("A line runs from the host to each region that came. Guests of one visit are not tied to each other.")
        )
    else:
        said.append(
            _("Two regions are tied by a project in which a body of each takes part. Such ties have no direction.")
        )
    if shown.homeless:
        said.append(
            ngettext(
                "At {count} of them a body of unknown region took part; it is left out.",
                "At {count} of them bodies of unknown region took part; they are left out.",
                shown.homeless,
            )
        )
    said.append(
        _(
            "A circle is larger the more other regions it is tied to; "
            "circles that would cover one another are moved apart."
        )
    )
    return tag("details", join([tag("summary", _("How this is counted")), items(said)]))


def _save(asked: Asked, shown: MapShown) -> None:
    names = shown.places["name"]
    ties = shown.ties.assign(
        tie=asked.tie,
        name_a=shown.ties["a"].map(names),
        name_b=shown.ties["b"].map(names),
        through=shown.ties["through"].map(";".join),
    )
    with st.container(horizontal=True, key="saves"):
        frame.download(_("Ties as CSV"), ties.to_csv(index=False), "map-ties.csv")
        frame.download(_("Regions as CSV"), shown.places.to_csv(), "map-regions.csv")
