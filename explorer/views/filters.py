"""The filters of the network page: one row of widgets, their state in the URL, what is set in words.

The URL is the truth. Before a widget is drawn its state is set from the URL;
when a reader changes it, the URL is written, and the page is made from that.
"""

from dataclasses import dataclass

import streamlit as st

from explorer import links
from explorer.analysis.networks import MEASURES
from explorer.analysis.ties import TIE_KINDS
from explorer.data import network
from explorer.data.network import Filters, NetworkShown
from explorer.pictures.html import Html, items, join, link, tag
from graph_store import schema
from languages.words import N_, _, number

from . import frame

COLOURS = {"group": N_("Group"), "country": N_("Country"), "kind": N_("Kind")}


@dataclass(frozen=True)
class Look:
    """How the same network is drawn: what colour and size tell, and which node is picked out."""

    colour: str
    size: str
    selected: str


def network_filters() -> tuple[Filters, Look]:
    """What the URL asks for; anything in it that does not exist is left aside."""
    asked = st.query_params
    first, last, least = asked.get("from", ""), asked.get("to", ""), asked.get("least", "")
    known = set(network.bodies().index)
    kinds = {option.code for option in schema.ORGANISATION_KINDS}
    filters = Filters(
        tie=_one("tie", {item.code for item in TIE_KINDS}, "projects"),
        regions=tuple(item for item in asked.get_all("region") if item in network.region_names()),
        kinds=tuple(item for item in asked.get_all("kind") if item in kinds),
        themes=tuple(item for item in asked.get_all("theme") if item in network.theme_names()),
        years=(int(first), int(last)) if _is_year(first) and _is_year(last) and int(first) <= int(last) else None,
        least=max(int(least), 1) if least.isdecimal() and len(least) < 5 else 1,
        ego=_one("ego", known, ""),
    )
    look = Look(
        colour=_one("colour", set(COLOURS), "group"),
        size=_one("size", {item.code for item in MEASURES}, "degree"),
        selected=asked.get("select", ""),
    )
    return filters, look


def draw(asked: Filters, look: Look, shown: NetworkShown) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    _keep("tie", asked.tie)
    st.segmented_control(
        _("Tied by"),
        [item.code for item in TIE_KINDS],
        key="tie",
        required=True,
        on_change=_write,
        args=("tie", "projects"),
        format_func=lambda code: _(next(item.title for item in TIE_KINDS if item.code == code)),
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        _choice("region", _("Region"), network.region_names(), asked.regions, _("All regions"))
        kinds = {
            option.code: _(option.title)
            for option in schema.ORGANISATION_KINDS
            if option.code in network.kinds_present()
        }
        _choice("kind", _("Kind"), kinds, asked.kinds, _("All kinds"))
        _choice("theme", _("Theme"), network.theme_names(), asked.themes, _("All themes"))
        _period(asked, shown)
        _least(asked, shown)
        with st.popover(_("Colour and size"), key="look"):
            _look(look)
    if chips := _chips(asked):
        frame.show(items(chips, "chips"))


def address_with(**changes: str | None) -> str:
    """Address of this page with some of its state changed; None takes a part out."""
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(links.NETWORK, **(state | changes))


def select(node: str) -> None:
    """Pick a node out, or let it go where it is picked out already: the URL says so."""
    if st.query_params.get("select") == node:
        st.query_params.pop("select")
    else:
        st.query_params["select"] = node


def why_empty(asked: Filters) -> Html:
    """Why there is nothing to see, and the way out."""
    clear = link(_("Show everything"), _cleared(asked))
    if asked == Filters(tie=asked.tie):
        return join(
            [
                _("No tie of this kind is on record yet."),
                " ",
                link(_("Look at all ties"), links.address(links.NETWORK, tie="all")),
            ]
        )
    return join([_("No tie is left with these filters: no two of the bodies chosen share anything then."), " ", clear])


def _cleared(asked: Filters) -> str:
    """Address of this page with nothing set but the kind of tie."""
    return links.address(links.NETWORK, tie=asked.tie if asked.tie != Filters().tie else None)


def _one(name: str, known: set[str], default: str) -> str:
    asked = st.query_params.get(name, default)
    return asked if asked in known else default


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4


def _keep(key: str, value: object) -> None:
    """Let the widget of that key show what the URL says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _write(name: str, default: object) -> None:
    """Write a widget's new state into the URL; the default stays out of it."""
    value = st.session_state[name]
    if not value or value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value if isinstance(value, list) else str(value)


def _choice(key: str, label: str, names: dict[str, str], chosen: tuple[str, ...], everything: str) -> None:
    _keep(key, [item for item in chosen if item in names])
    st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda code: names.get(code, code),
        placeholder=everything,
        on_change=_write,
        args=(key, []),
        width=200,
    )


def _period(asked: Filters, shown: NetworkShown) -> None:
    if shown.years is None or shown.years[0] == shown.years[1]:
        return
    first, last = shown.years
    years = asked.years or shown.years
    _keep("period", (max(first, min(years[0], last)), min(last, max(years[1], first))))
    st.slider(_("Period"), first, last, key="period", on_change=_write_period, args=shown.years, width=170)


def _write_period(first: int, last: int) -> None:
    chosen = st.session_state["period"]
    if chosen == (first, last):
        st.query_params.pop("from", None)
        st.query_params.pop("to", None)
    else:
        st.query_params["from"], st.query_params["to"] = str(chosen[0]), str(chosen[1])


def _least(asked: Filters, shown: NetworkShown) -> None:
    if shown.strongest < 2:
        return
    _keep("least", min(asked.least, shown.strongest))
    st.number_input(
        _("Strength, at least"), 1, shown.strongest, key="least", on_change=_write, args=("least", 1), width=130
    )


def _look(look: Look) -> None:
    _keep("colour", look.colour)
    st.radio(
        _("Colour tells"),
        list(COLOURS),
        key="colour",
        format_func=lambda code: _(COLOURS[code]),
        on_change=_write,
        args=("colour", "group"),
    )
    _keep("size", look.size)
    titles = {item.code: _(item.title) for item in MEASURES}
    st.radio(
        _("Size tells"),
        list(titles),
        key="size",
        format_func=lambda code: titles[code],
        on_change=_write,
        args=("size", "degree"),
    )


def _chips(asked: Filters) -> list[Html]:
    names = {"region": network.region_names(), "theme": network.theme_names()}
    kinds = {option.code: _(option.title) for option in schema.ORGANISATION_KINDS}
    set_ = [("region", code, names["region"].get(code, code)) for code in asked.regions]
    set_ += [("kind", code, kinds[code]) for code in asked.kinds]
    set_ += [("theme", code, names["theme"][code]) for code in asked.themes]
    chips = [link(words, _without(name, code)) for name, code, words in set_]
    if asked.years:
        chips.append(link(f"{asked.years[0]}–{asked.years[1]}", address_with(**{"from": None, "to": None})))
    if asked.least > 1:
        chips.append(link(_("at least {count}").format(count=number(asked.least)), address_with(least=None)))
    if asked.ego:
        name = network.bodies()["name"].get(asked.ego, asked.ego)
        chips.append(link(_("around {name}").format(name=name), address_with(ego=None)))
    if chips:
        chips.append(tag("a", _("Clear all"), href=_cleared(asked), class_="clear"))
    return chips


def _without(name: str, code: str) -> str:
    kept = [item for item in st.query_params.get_all(name) if item != code]
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(links.NETWORK, **(state | {name: kept}))
