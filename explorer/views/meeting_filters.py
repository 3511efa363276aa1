"""The filters of the meetings: one row of widgets, their state in the URL, what is set in words.

The URL is the truth: before a widget is drawn its state is set from the URL;
when a reader changes it, the URL is written, and the page is made from that.
"""

import streamlit as st

from explorer import links
from explorer.data import meetings
from explorer.data.meetings import Filters
from explorer.pictures.html import Html, items, link, tag
from graph_store import schema
from languages.words import _

from . import frame


def asked() -> Filters:
    """What the URL asks for; anything in it that does not exist is left aside."""
    first, last = st.query_params.get("from", ""), st.query_params.get("to", "")
    ordered = _is_year(first) and _is_year(last) and int(first) <= int(last)
    return Filters(
        regions=several("region", meetings.regions()),
        themes=several("theme", meetings.themes()),
        kinds=several("kind", meetings.kinds()),
        years=(int(first), int(last)) if ordered else None,
    )


def draw(filters: Filters) -> None:
    """The row of filters, and below it what is set, each to be clicked away."""
    with st.container(horizontal=True, key="filters", vertical_alignment="bottom"):
        choose_several("region", _("Region"), meetings.regions(), filters.regions, _("All regions"))
        choose_several("kind", _("Kind of meeting"), _kinds(), filters.kinds, _("All kinds"))
        choose_several("theme", _("Theme"), meetings.themes(), filters.themes, _("All themes"))
        _period(filters)
    if chips := _chips(filters):
        frame.show(items(chips, "chips"))


def several(key: str, known: dict[str, str] | set[str]) -> tuple[str, ...]:
    """The codes that the URL names under a key, those that exist, each once."""
    return tuple(dict.fromkeys(item for item in st.query_params.get_all(key) if item in known))


def choose_several(
    key: str, label: str, names: dict[str, str], chosen: tuple[str, ...], everything: str, width: int = 230
) -> None:
    """A field for several of `names`; nothing where there is nothing to choose from."""
    if not names:
        return
    _keep(key, list(chosen))
    st.multiselect(
        label,
        list(names),
        key=key,
        format_func=lambda code: names.get(code, code),
        placeholder=everything,
        on_change=_write,
        args=(key,),
        width=width,
    )


def choose_one(key: str, label: str, names: dict[str, str], chosen: str, nothing: str, width: int = 260) -> None:
    """A field for one of `names`, or none."""
    _keep(key, chosen or None)
    st.selectbox(
        label,
        list(names),
        key=key,
        index=None,
        format_func=lambda code: names.get(code, code),
        placeholder=nothing,
        on_change=_write,
        args=(key,),
        width=width,
    )


def choose_part(titles: dict[str, str], now: str) -> None:
    """The parts of the page side by side; the first is the default and stays out of the URL."""
    _keep("part", now)
    st.segmented_control(
        _("Part of the page"),
        list(titles),
        key="part",
        required=True,
        format_func=titles.__getitem__,
        on_change=_write,
        args=("part", next(iter(titles))),
        label_visibility="collapsed",
    )


def address_with(**changes: object) -> str:
    """Address of this page with some of its state changed; None takes a part out."""
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(links.MEETINGS, **(state | changes))


def cleared() -> str:
    """Address of this page without filters."""
    return address_with(region=None, theme=None, kind=None, first=None, **{"from": None, "to": None})


def _kinds() -> dict[str, str]:
    present = meetings.kinds()
    return {option.code: _(option.title) for option in schema.VISIT_KINDS if option.code in present}


def _period(filters: Filters) -> None:
    span = meetings.span()
    if span is None or span[0] == span[1]:
        return
    first, last = span
    years = filters.years or span
    _keep("period", (max(first, min(years[0], last)), min(last, max(years[1], first))))
    st.slider(_("Period"), first, last, key="period", on_change=_write_period, args=span, width=200)


def _write_period(first: int, last: int) -> None:
    chosen = st.session_state["period"]
    st.query_params.pop("first", None)
    if chosen == (first, last):
        st.query_params.pop("from", None)
        st.query_params.pop("to", None)
    else:
        st.query_params["from"], st.query_params["to"] = str(chosen[0]), str(chosen[1])


def _chips(filters: Filters) -> list[Html]:
    named = (("region", filters.regions, meetings.regions()), ("kind", filters.kinds, _kinds()))
    chips = []
    for key, codes, names in (*named, ("theme", filters.themes, meetings.themes())):
        for code in codes:
            rest = [item for item in codes if item != code]
            chips.append(link(names.get(code, code), address_with(**{key: rest, "first": None})))
    if filters.years:
        chips.append(link(f"{filters.years[0]}–{filters.years[1]}", address_with(**{"from": None, "to": None})))
    if chips:
        chips.append(tag("a", _("Clear all"), href=cleared(), class_="clear"))
    return chips


def _is_year(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) == 4


def _keep(key: str, value: object) -> None:
    """Let the widget of that key show what the URL says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _write(key: str, default: object = None) -> None:
    """Write a widget's new state into the URL; the default stays out of it, and lists begin at their start."""
    value = st.session_state[key]
    st.query_params.pop("first", None)
    if not value or value == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value if isinstance(value, list) else str(value)
