"""The filters of the page Spread: what the address asks for, the row of widgets, what is set in words."""

from datetime import date

import streamlit as st

from explorer import links
from explorer.data import spread_overview
from explorer.data.spread_overview import Filters
from languages.words import _

from . import url

VIEWS = ("table", "matrix")


def asked() -> Filters:
    """What the URL asks for; anything in it that does not exist is left aside."""
    return Filters(
        theme=url.one("theme", spread_overview.themes()),
        regions=url.several("region", spread_overview.regions()),
        years=url.period(),
    )


def view() -> str:
    """Which view of the page is asked for."""
    return url.one("view", VIEWS, VIEWS[0])


def draw(filters: Filters) -> None:
    """The choice of the view, the row of filters, and below it what is set, each to be clicked away."""
    themes, regions = spread_overview.themes(), spread_overview.regions()
    url.choose_side("view", _("View"), {"table": _("Ranked table"), "matrix": _("Regions by approaches")}, view())
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_one("theme", _("Theme"), themes, filters.theme, _("All themes"), 300)
        url.choose_several("region", _("Region that took part"), regions, filters.regions, _("All regions"), 300)
        url.choose_period(filters.years, spread_overview.span(), 220)
    theme = [filters.theme] if filters.theme else []
    parts = [("theme", theme, themes), ("region", filters.regions, regions)]
    url.show_what_is_set(links.SPREAD, parts, cleared(), years=filters.years)


def since() -> date | None:
    """The day that the URL names for what is new; None where it names none."""
    try:
        return date.fromisoformat(st.query_params.get("since", ""))
    except ValueError:
        return None


def draw_since(day: date, last: date) -> None:
    """The field for the day since which something is new."""
    first = min(date(2000, 1, 1), day)
    url.keep("since", min(max(day, first), max(last, day)))
    st.date_input(
        _("New since"),
        min_value=first,
        max_value=max(last, day),
        key="since",
        format="DD/MM/YYYY",
        on_change=url.write,
        args=("since",),
        width=170,
    )


def address_with(**changes: object) -> str:
    """Address of this page with some of its state changed; None takes a part out."""
    return url.address_with(links.SPREAD, **changes)


def cleared() -> str:
    """Address of this page without filters."""
    return address_with(theme=None, region=None, **url.NO_PERIOD)
