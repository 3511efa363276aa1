"""The filters of the page Spread: one row of widgets, their state in the URL, what is set in words.

The URL is the truth: before a widget is drawn its state is set from the URL;
when a reader changes it, the URL is written, and the page is made from that.
"""

from datetime import date

import streamlit as st

from explorer import links
from explorer.data import spread_overview
from explorer.data.spread_overview import Filters
from explorer.pictures.html import Html, items, link, tag
from languages.words import _

from . import frame

VIEWS = ("table", "matrix")


def asked() -> Filters:
    """What the URL asks for; anything in it that does not exist is left aside."""
    theme, known = st.query_params.get("theme", ""), spread_overview.regions()
    first, last = st.query_params.get("from", ""), st.query_params.get("to", "")
    ordered = _is_year(first) and _is_year(last) and int(first) <= int(last)
    return Filters(
        theme=theme if theme in spread_overview.themes() else "",
        regions=tuple(dict.fromkeys(item for item in st.query_params.get_all("region") if item in known)),
        years=(int(first), int(last)) if ordered else None,
    )


def view() -> str:
    """Which view of the page is asked for."""
    name = st.query_params.get("view", VIEWS[0])
    return name if name in VIEWS else VIEWS[0]


def draw(filters: Filters) -> None:
    """The choice of the view, the row of filters, and below it what is set, each to be clicked away."""
    titles = {"table": _("Ranked table"), "matrix": _("Regions by approaches")}
    choice("view", _("View"), titles, view())
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        _theme(filters)
        _regions(filters)
        _period(filters)
    if chips := _chips(filters):
        frame.show(items(chips, "chips"))


def choice(key: str, label: str, titles: dict[str, str], now: str) -> None:
    """One of a few, side by side; the first is the default and stays out of the URL."""
    _keep(key, now)
    st.segmented_control(
        label,
        list(titles),
        key=key,
        required=True,
        format_func=titles.__getitem__,
        on_change=_write,
        args=(key, next(iter(titles))),
        label_visibility="collapsed",
    )


def since() -> date | None:
    """The day that the URL names for what is new; None where it names none."""
    try:
        return date.fromisoformat(st.query_params.get("since", ""))
    except ValueError:
        return None


def draw_since(day: date, last: date) -> None:
    """The field for the day since which something is new."""
    first = min(date(2000, 1, 1), day)
    shown = min(max(day, first), max(last, day))
    _keep("since", shown)
    st.date_input(
        _("New since"),
        min_value=first,
        max_value=max(last, day),
        key="since",
        format="DD/MM/YYYY",
        on_change=_write_since,
        width=170,
    )


def address_with(**changes: object) -> str:
    """Address of this page with some of its state changed; None takes a part out."""
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(links.SPREAD, **(state | changes))


def cleared() -> str:
    """Address of this page without filters."""
    return address_with(theme=None, region=None, **{"from": None, "to": None})


def _theme(filters: Filters) -> None:
    names = spread_overview.themes()
    if not names:
        return
    _keep("theme", filters.theme or None)
    st.selectbox(
        _("Theme"),
        list(names),
        key="theme",
        index=None,
        format_func=names.__getitem__,
        placeholder=_("All themes"),
        on_change=_write,
        args=("theme", None),
        width=300,
    )


def _regions(filters: Filters) -> None:
    names = spread_overview.regions()
    if not names:
        return
    _keep("region", list(filters.regions))
    st.multiselect(
        _("Region that took part"),
        list(names),
        key="region",
        format_func=names.__getitem__,
        placeholder=_("All regions"),
        on_change=_write,
        args=("region", []),
        width=300,
    )


def _period(filters: Filters) -> None:
    span = spread_overview.span()
    if span is None or span[0] == span[1]:
        return
    first, last = span
    years = filters.years or span
    _keep("period", (max(first, min(years[0], last)), min(last, max(years[1], first))))
    st.slider(_("Period"), first, last, key="period", on_change=_write_period, args=span, width=220)


def _chips(filters: Filters) -> list[Html]:
    chips = [link(spread_overview.themes()[filters.theme], address_with(theme=None))] if filters.theme else []
    for region in filters.regions:
        rest = [item for item in filters.regions if item != region]
        chips.append(link(spread_overview.regions()[region], address_with(region=rest)))
    if filters.years:
        chips.append(link(f"{filters.years[0]}–{filters.years[1]}", address_with(**{"from": None, "to": None})))
    if chips:
        chips.append(tag("a", _("Clear all"), href=cleared(), class_="clear"))
    return chips


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
        st.query_params[name] = value


def _write_period(first: int, last: int) -> None:
    chosen = st.session_state["period"]
    if chosen == (first, last):
        st.query_params.pop("from", None)
        st.query_params.pop("to", None)
    else:
        st.query_params["from"], st.query_params["to"] = str(chosen[0]), str(chosen[1])


def _write_since() -> None:
    day = st.session_state["since"]
    if isinstance(day, date):
        st.query_params["since"] = day.isoformat()
    else:
        st.query_params.pop("since", None)


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4 and text > "0000"
