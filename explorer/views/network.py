"""Network: who is tied to whom, narrowed by the filters, as a picture and as tables."""

from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.layouts import HEIGHT, radius
from explorer.analysis.networks import MEASURES, measure
from explorer.analysis.records import Record, records
from explorer.analysis.ties import TIE_KINDS, TieKind
from explorer.data import network
from explorer.data.network import Filters, NetworkShown
from explorer.pictures.html import Column, Html, facts, items, join, legend, link, sentence, table, tag
from explorer.pictures.network import NodeClass, classes, network_option
from graph_store import schema
from languages.words import _, country, listing, ngettext, number

from . import frame, simulated, url, waiting
from . import network_filters as bar

NAMED_GROUPS = 6
NODES_SHOWN, TIES_SHOWN = 500, 100  # rows of the tables; the downloads have all
THROUGH = {"projects": "Project", "visits": "Visit", "memberships": "Organisation", "all": ""}


def render() -> None:
    """Draw the page."""
    asked, look = bar.network_filters()
    waiting.until_ready(f"network {asked.tie}")
    shown = network.shown(asked)
    kind = next(item for item in TIE_KINDS if item.code == asked.tie)
    frame.title(_heading(asked, shown, kind))
    bar.draw(asked, look, shown)
    if shown.nodes.empty:
        frame.notice(bar.why_empty(asked))
        return
    groups = _classes(shown, look.colour)
    nodes = _drawn(shown.nodes, groups, look)
    chosen = look.selected if look.selected in nodes.index else ""
    picture, side = st.columns([2.3, 1], gap="medium")
    with picture:
        frame.show(legend((item.colour, item.symbol, item.words) for item in _in_legend(groups, shown)))
        _picture(nodes, shown, kind, chosen)
    with side:
        frame.show(_selected(chosen, shown, kind) if chosen else _leaders(shown, kind))
    _left_out(asked, shown)
    _tables(nodes, shown, asked, kind)


def _heading(asked: Filters, shown: NetworkShown, kind: TieKind) -> str:
    text = _(kind.sentence).format(count=number(len(shown.nodes)))
    if asked.ego:
        name = network.bodies()["name"].get(asked.ego, asked.ego)
        text = _("Around {name}: {sentence}").format(name=name, sentence=text)
    return text + (f", {asked.years[0]}–{asked.years[1]}" if asked.years else "")


def _classes(shown: NetworkShown, colour: str) -> dict[str, NodeClass]:
    """Class of each code of the property that colours tell, the largest first."""
    codes = shown.nodes[colour].astype(str)
    sizes = codes.value_counts()
    ordered = sorted(sizes.index, key=lambda code: (-sizes[code], code))
    ranked = shown.nodes.sort_values(["degree", "name"], ascending=[False, True])
    best = {str(code): list(names.head(2)) for code, names in ranked.groupby(colour)["name"]}
    words = {code: _class_words(colour, code, int(sizes[code]), best.get(code, [])) for code in ordered}
    symbols: dict[str, str] = {}
    return {item.code: item for item in classes([(code, words[code]) for code in ordered], symbols)}


def _class_words(colour: str, code: str, size: int, best: list[str]) -> str:
    """A class by its title, a group by its best-connected members; how many are in it."""
    if colour == "country":
        name = country(code)
    elif colour == "kind":
        options = (*schema.ORGANISATION_KINDS, *schema.REGION_KINDS)
        name = _(schema.title_of(options, code)) or code
    else:
        more = size - len(best)
        return listing([*best, _("{count} more").format(count=number(more))] if more else best)
    return f"{name} ({number(size)})"


def _in_legend(groups: dict[str, NodeClass], shown: NetworkShown) -> list[NodeClass]:
    named = list(groups.values())[:NAMED_GROUPS]
    rest = len(groups) - len(named)
    if rest:
        named.append(NodeClass("", ngettext("{count} smaller", "{count} smaller", rest), schema.GREYS[2], "circle"))
    if (shown.nodes["label"] == "Region").any():
        named.append(NodeClass("", _("a region as such"), "#53606B", schema.node_kind("Region").symbol))
    return named


def _drawn(nodes: pd.DataFrame, groups: dict[str, NodeClass], look: bar.Look) -> pd.DataFrame:
    """The nodes as the picture wants them: colour, symbol, radius and words for the pointer."""
    codes = nodes[look.colour].astype(str)
    values = nodes[look.size].fillna(0.0)  # a measure may be undefined
    most = max(float(values.max()), 1e-9)
    scale = nodes["degree"].max() / most  # so that every measure uses the room that the layout kept for partners
    return nodes.assign(
        colour=[groups[code].colour for code in codes],
        symbol=["diamond" if label == "Region" else "circle" for label in nodes["label"]],
        radius=[radius(float(value) * scale) for value in values],
        said=[
            f"{row.name}\n" + ngettext("{count} partner", "{count} partners", int(row.degree))  # type: ignore[arg-type]
            for row in nodes.itertuples(index=False)
        ],
    )


def _picture(nodes: pd.DataFrame, shown: NetworkShown, kind: TieKind, chosen: str) -> None:
    option = network_option(nodes, shown.ties, shown.frame, selected=chosen, unit=_(kind.unit))
    st.echarts_chart(
        cast(Any, option),
        key="picture",
        height=int(HEIGHT),
        on_select=partial(_pick, list(nodes.index)),
        alt=_("Picture of the network; the tables below hold the same."),
    )


def _pick(nodes: list[str]) -> None:
    """Note the node that was clicked in the URL.

    The picture has a selection of its own, which a link does not clear: a click
    on the node that it holds comes as an empty selection.
    """
    groups = st.session_state["picture"]["selection"]["selected"]
    if any(group["data_type"] == "edge" for group in groups):
        return  # a tie, not a node
    last = st.session_state.get("picked", "")
    clicked = next((nodes[index] for group in groups for index in group["data_indices"] if index < len(nodes)), "")
    st.session_state["picked"] = clicked or last
    if clicked or last:
        bar.select(clicked or last)


def _selected(node: str, shown: NetworkShown, kind: TieKind) -> Html:
    row = records(shown.nodes.loc[[node]])[0]
    ties = shown.ties[(shown.ties["a"] == node) | (shown.ties["b"] == node)]
    partners = [
        (other, int(strength))
        for a, b, strength in ties[["a", "b", "strength"]].itertuples(index=False)
        for other in ([b] if a == node else [a])
    ]
    names = shown.nodes["name"]
    label = str(row["label"])
    shown_partners = [
        sentence(
            "{name} · {strength}",
            name=link(names[other], _node_address(shown, other)),
            strength=number(strength),
        )
        for other, strength in partners[:8]
    ]
    more = len(partners) - len(shown_partners)
    around = url.address_with(links.NETWORK, ego=node, select=node)
    parts = [
        tag("h2", link(row["name"], links.profile(label, node))),
        tag("p", _place(row), class_="quiet"),
        tag("p", _in_words(row, kind)),
        tag("h3", _("Partners, and how many {unit}").format(unit=_(kind.unit))),
        items(shown_partners, "plain"),
        tag("p", link(ngettext("and {count} more", "and {count} more", more), around)) if more > 0 else "",
        tag("h3", _("Sources")),
        frame.source_links([(row["id"], row["name"]) for row in network.sources_of(node)])
        or tag("p", _("None is named.")),
        items(
            [
                link(_("Profile: projects, visits, time line"), links.profile(label, node)),
                link(_("Only its neighbourhood"), around),
                link(_("Clear the selection"), url.address_with(links.NETWORK, select=None)),
            ],
            "plain",
        ),
    ]
    return tag("section", join(parts), class_="card")


def _node_address(shown: NetworkShown, node: str) -> str:
    return links.profile(str(shown.nodes["label"][node]), node)


def _place(row: Record) -> str:
    options = schema.REGION_KINDS if row["label"] == "Region" else schema.ORGANISATION_KINDS
    kind = _(schema.title_of(options, row["kind"]))
    places = [kind, str(row["region"]) if isinstance(row["region"], str) else "", country(str(row["country"]))]
    return ", ".join(dict.fromkeys(item for item in places if item and item != row["name"] and item != "nan"))


def _in_words(row: Record, kind: TieKind) -> str:
    things = int(row["strength" if kind.code == "memberships" else "things"])
    text = _("Tied to {partners} through {things} {unit}").format(
        partners=ngettext("{count} other", "{count} others", int(row["degree"])),
        things=number(things),
        unit=_(kind.one if things == 1 else kind.unit),
    )
    groups = int(row["groups_tied"])
    if groups >= 1:
        text += "; " + ngettext("ties its own group to {count} other", "ties its own group to {count} others", groups)
    return text + "."


def _leaders(shown: NetworkShown, kind: TieKind) -> Html:
    """Before anything is selected: who stands out, in words."""
    by = ["betweenness", "degree", "name"]
    between = shown.nodes.fillna({"betweenness": 0.0}).sort_values(by, ascending=[False, False, True]).head(5)
    entries = [
        join(
            [
                link(row["name"], url.address_with(links.NETWORK, select=str(key))),
                tag("div", _in_words(row, kind), class_="quiet"),
            ]
        )
        for key, row in zip(between.index, records(between), strict=True)
    ]
    title = tag("h2", _("Who ties the network together"))
    order = tag("p", _("Those through whom most routes between two others lead come first."), class_="quiet")
    hint = tag("p", _("Click a circle in the picture, or a name here, to see whom it works with."), class_="quiet")
    return tag("section", join([title, order, items(entries), hint]), class_="card")


def _left_out(asked: Filters, shown: NetworkShown) -> None:
    said = []
    if len(shown.nodes) < shown.whole:
        said.append(
            _("{shown} of {whole} are shown.").format(shown=number(len(shown.nodes)), whole=number(shown.whole))
        )
    if shown.lonely:
        said.append(
            ngettext(
                "{count} that fits the filters is left out: none of its partners does.",
                "{count} that fit the filters are left out: none of their partners does.",
                shown.lonely,
            )
        )
    if shown.undated:
        said.append(
            ngettext(
                "{count} entry without a date is left out.",
                "{count} entries without a date are left out.",
                shown.undated,
            )
        )
    if asked.tie in ("visits", "all"):
        said.append(_("A visit ties those who came to its host, not to each other."))
    if asked.ego:
        said.append(_("A neighbourhood has places and groups of its own (found by Leiden's method)."))
    else:
        said.append(_("Circles never move when you filter; groups are those of the whole network (Leiden's method)."))
    frame.show(tag("p", " ".join(said), class_="quiet"))


def _tables(nodes: pd.DataFrame, shown: NetworkShown, asked: Filters, kind: TieKind) -> None:
    first, second, third = st.tabs([_("Organisations"), _("Ties"), _("Measures explained")])
    with first:
        ranked = nodes.sort_values(["degree", "name"], ascending=[False, True])
        frame.show(_node_table(ranked.head(NODES_SHOWN)))
        _cut(len(ranked), NODES_SHOWN)
        _save_tables(ranked, shown, asked, kind)
    with second:
        frame.show(_tie_table(shown, kind))
        _cut(len(shown.ties), TIES_SHOWN)
        frame.download(_("Ties as CSV"), lambda: _tie_file(shown), "ties.csv")
    with third:
        frame.show(join(_explained(item.code) for item in MEASURES))


def _node_table(nodes: pd.DataFrame) -> Html:
    rows = [
        {
            "name": link(row["name"], links.profile(str(row["label"]), str(key))),
            "region": link(row["region"], links.profile("Region", str(row["region_id"])))
            if isinstance(row["region"], str)
            else "",
            "country": country(str(row["country"])) if isinstance(row["country"], str) else "",
            "degree": int(row["degree"]),
            "strength": int(row["strength"]),
            "betweenness": None if row["betweenness"] is None else round(float(row["betweenness"]), 3),
            "groups": int(row["groups_tied"]),
            "pick": link(_("show"), url.address_with(links.NETWORK, select=str(key))),
        }
        for key, row in zip(nodes.index, records(nodes), strict=True)
    ]
    columns = [
        Column("name", _("Name")),
        Column("region", _("Region")),
        Column("country", _("Country")),
        Column("degree", _(measure("degree").title), numeric=True),
        Column("strength", _("Strength"), numeric=True),
        Column("groups", _("Other groups"), numeric=True),
        Column("betweenness", _(measure("betweenness").title), numeric=True),
        Column("pick", _("In the picture")),
    ]
    return table(rows, columns, _("Organisations and regions in the picture"))


def _tie_table(shown: NetworkShown, kind: TieKind) -> Html:
    names = shown.nodes["name"]
    rows = [
        {
            "a": link(names[a], _node_address(shown, a)),
            "b": link(names[b], _node_address(shown, b)),
            "strength": strength,
            "through": _through(through, kind),
        }
        for a, b, strength, through in shown.ties.head(TIES_SHOWN).itertuples(index=False)
    ]
    columns = [
        Column("a", _("One")),
        Column("b", _("Other")),
        Column("strength", _("Strength"), numeric=True),
        Column("through", _("Through")),
    ]
    return table(rows, columns, _("Ties in the picture, the strongest first"))


def _through(things: list[str], kind: TieKind) -> Html:
    label = THROUGH[kind.code]
    known = network.names()
    return join(
        (link(known[item][0], links.profile(label or known[item][1], item)) for item in things if item in known), "; "
    )


def _cut(count: int, most: int) -> None:
    if count > most:
        frame.show(
            tag(
                "p",
                _("The first {shown} of {count} rows; the download has all.").format(shown=most, count=number(count)),
                class_="quiet",
            )
        )


def _save_tables(ranked: pd.DataFrame, shown: NetworkShown, asked: Filters, kind: TieKind) -> None:
    with st.container(horizontal=True, key="saves"):
        columns = [
            "name",
            "label",
            "kind",
            "region",
            "country",
            "group",
            *[item.code for item in MEASURES],
            "groups_tied",
        ]
        frame.download(_("Organisations as CSV"), ranked[columns].to_csv, "organisations.csv")
        heading = _heading(asked, shown, kind)
        frame.download(_("Picture as a page to mail"), lambda: _mailed(ranked, shown, heading), "network.html")
        frame.show(tag("p", _("PNG: the button at the top right of the picture."), class_="quiet"))


def _mailed(nodes: pd.DataFrame, shown: NetworkShown, title: str) -> str:
    # imported only here: pyvis and networkx would add half a second to every start
    from explorer.pictures.network_file import network_file

    return network_file(nodes, shown.ties, title=simulated.titled(title), foot=_("Made with the Partnership Explorer."))


def _tie_file(shown: NetworkShown) -> str:
    names = shown.nodes["name"]
    table = shown.ties.assign(
        name_a=shown.ties["a"].map(names),
        name_b=shown.ties["b"].map(names),
        through=shown.ties["through"].map(";".join),
    )
    return table.to_csv(index=False)


def _explained(code: str) -> Html:
    item = measure(code)
    pairs = [
        (_("High means"), _(item.words)),
        (_("Range"), _(item.span)),
        (_("Undefined"), _(item.undefined)),
        (_("Source"), item.source),
    ]
    return join([tag("h3", _(item.title)), facts(pairs)])
