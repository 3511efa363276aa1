"""The filters of the network page: what the address asks for, the row of widgets, what is set in words."""

from dataclasses import dataclass

import streamlit as st

from explorer import links
from explorer.analysis.networks import MEASURES
from explorer.analysis.ties import TIE_KINDS
from explorer.data import network
from explorer.data.network import Filters, NetworkShown
from explorer.pictures.html import Html, join, link
from graph_store import schema
from languages.words import N_, _

from . import url

COLOURS = {"group": N_("Group"), "country": N_("Country"), "kind": N_("Kind")}


@dataclass(frozen=True)
class Look:
    """How the same network is drawn: what colour and size tell, and which node is picked out."""

    colour: str
    size: str
    selected: str


def network_filters() -> tuple[Filters, Look]:
    """What the URL asks for; anything in it that does not exist is left aside."""
    filters = Filters(
        tie=url.one("tie", {item.code for item in TIE_KINDS}, "projects"),
        regions=url.several("region", network.region_names()),
        kinds=url.several("kind", {option.code for option in schema.ORGANISATION_KINDS}),
        themes=url.several("theme", network.theme_names()),
        years=url.period(),
        least=url.least(),
        ego=url.one("ego", set(network.bodies().index)),
    )
    look = Look(
        colour=url.one("colour", COLOURS, "group"),
        size=url.one("size", {item.code for item in MEASURES}, "degree"),
        selected=st.query_params.get("select", ""),
    )
    return filters, look


def draw(asked: Filters, look: Look, shown: NetworkShown) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    url.choose_side("tie", _("Tied by"), {item.code: _(item.title) for item in TIE_KINDS}, asked.tie)
    kinds = {option.code: _(option.title) for option in schema.ORGANISATION_KINDS}
    present = {code: title for code, title in kinds.items() if code in network.kinds_present()}
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_several("region", _("Region"), network.region_names(), asked.regions, _("All regions"))
        url.choose_several("kind", _("Kind"), present, asked.kinds, _("All kinds"))
        url.choose_several("theme", _("Theme"), network.theme_names(), asked.themes, _("All themes"))
        url.choose_period(asked.years, shown.years)
        url.choose_least(asked.least, shown.strongest)
        with st.popover(_("Colour and size"), key="look"):
            _choose("colour", _("Colour tells"), {code: _(title) for code, title in COLOURS.items()}, look.colour)
            _choose("size", _("Size tells"), {item.code: _(item.title) for item in MEASURES}, look.size)
    url.show_what_is_set(
        links.NETWORK,
        [
            ("region", asked.regions, network.region_names()),
            ("kind", asked.kinds, kinds),
            ("theme", asked.themes, network.theme_names()),
        ],
        _cleared(asked),
        years=asked.years,
        strength=asked.least,
        more=[("ego", _around(asked.ego))] if asked.ego else [],
    )


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


def _around(ego: str) -> str:
    return _("around {name}").format(name=network.bodies()["name"].get(ego, ego))


def _choose(key: str, label: str, titles: dict[str, str], now: str) -> None:
    url.keep(key, now)
    st.radio(
        label,
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        on_change=url.write,
        args=(key, next(iter(titles))),
    )
