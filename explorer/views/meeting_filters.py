"""The filters of the meetings: what the address asks for, the row of widgets, what is set in words."""

import streamlit as st

from explorer import links
from explorer.data import meetings
from explorer.data.meetings import Filters
from graph_store import schema
from languages.words import _

from . import url


def asked() -> Filters:
    """What the URL asks for; anything in it that does not exist is left aside."""
    return Filters(
        regions=url.several("region", meetings.regions()),
        themes=url.several("theme", meetings.themes()),
        kinds=url.several("kind", meetings.kinds()),
        years=url.period(),
    )


def draw(filters: Filters) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    regions, kinds, themes = meetings.regions(), _kinds(), meetings.themes()
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        url.choose_several("region", _("Region"), regions, filters.regions, _("All regions"), 230)
        url.choose_several("kind", _("Kind of meeting"), kinds, filters.kinds, _("All kinds"), 230)
        url.choose_several("theme", _("Theme"), themes, filters.themes, _("All themes"), 230)
        url.choose_period(filters.years, meetings.span(), 200)
    parts = [("region", filters.regions, regions), ("kind", filters.kinds, kinds), ("theme", filters.themes, themes)]
    url.show_what_is_set(links.MEETINGS, parts, _cleared(), years=filters.years)


def address_with(**changes: object) -> str:
    """Address of this page with some of its state changed, at the start of its list; None takes a part out."""
    return url.address_with(links.MEETINGS, **({url.FIRST: None} | changes))


def _cleared() -> str:
    """Address of this page without filters."""
    return address_with(region=None, theme=None, kind=None, **url.NO_PERIOD)


def _kinds() -> dict[str, str]:
    present = meetings.kinds()
    return {option.code: _(option.title) for option in schema.VISIT_KINDS if option.code in present}
