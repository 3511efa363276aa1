"""The state of a page in its address: read from there, changed by widgets, linked to, told in words.

The URL is the truth: before a widget is drawn its state is set from the URL;
when a reader changes it, the URL is written, and the page is made from that.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

import streamlit as st

from explorer import links
from explorer.pictures.html import items, link, tag
from languages.words import _, number

from . import frame

FIRST = "first"  # the row that a long list begins with: any other choice leads back to its start
NO_PERIOD: dict[str, None] = {"from": None, "to": None}
_DIGITS_OF_LEAST = 4


def one(key: str, known: Container[str], default: str = "") -> str:
    """The code that the URL names under a key, where it is known."""
    named = st.query_params.get(key, default)
    return named if named in known else default


def several(key: str, known: Container[str]) -> tuple[str, ...]:
    """The codes that the URL names under a key, those that are known, each once."""
    return tuple(dict.fromkeys(item for item in st.query_params.get_all(key) if item in known))


def year(key: str) -> int | None:
    """The year from 1 to 9999 that the URL names under a key."""
    text = st.query_params.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) else None


def period() -> tuple[int, int] | None:
    """The first and last year that the URL names; None where it does not name both, in order."""
    first, last = year("from"), year("to")
    return (first, last) if first and last and first <= last else None


def least() -> int:
    """The strength that a tie must have at least, 1 where the URL names none."""
    text = st.query_params.get("least", "")
    plain = text.isascii() and text.isdecimal() and len(text) <= _DIGITS_OF_LEAST
    return max(int(text), 1) if plain else 1


def address_with(page: str, **changes: object) -> str:
    """Address of the page with some of its state changed; None takes a part out."""
    state: dict[str, object] = {key: st.query_params.get_all(key) for key in st.query_params}
    return links.address(page, **(state | changes))


def keep(key: str, value: object) -> None:
    """Let the widget of that key show what the URL says."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def write(key: str, default: object = None) -> None:
    """Write a widget's new state into the URL; the default stays out of it."""
    value = st.session_state[key]
    st.query_params.pop(FIRST, None)
    if not value or value == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value if isinstance(value, list) else str(value)


def choose_one(key: str, label: str, names: Mapping[str, str], chosen: str, nothing: str, width: int = 260) -> None:
    """A field for one of `names`, or none; no field where there is nothing to choose from."""
    if not names:
        return
    keep(key, chosen or None)
    st.selectbox(
        label,
        list(names),
        key=key,
        index=None,
        format_func=_naming(names),
        placeholder=nothing,
        on_change=write,
        args=(key,),
        width=width,
    )


def choose_several(
    key: str, label: str, names: Mapping[str, str], chosen: tuple[str, ...], everything: str, width: int = 200
) -> None:
    """A field for several of `names`; no field where there is nothing to choose from."""
    if not names:
        return
    keep(key, [code for code in chosen if code in names])
    st.multiselect(
        label,
        list(names),
        key=key,
        format_func=_naming(names),
        placeholder=everything,
        on_change=write,
        args=(key, []),
        width=width,
    )


def choose_side(key: str, label: str, titles: Mapping[str, str], now: str, *, labelled: bool = False) -> None:
    """One of a few, side by side; the first is the default and stays out of the URL."""
    keep(key, now)
    st.segmented_control(
        label,
        list(titles),
        key=key,
        required=True,
        format_func=_naming(titles),
        on_change=write,
        args=(key, next(iter(titles))),
        label_visibility="visible" if labelled else "collapsed",
    )


def choose_period(chosen: tuple[int, int] | None, span: tuple[int, int] | None, width: int = 170) -> None:
    """A slider over the years of `span`; none where there is no choice of years."""
    if span is None or span[0] == span[1]:
        return
    first, last = span
    years = chosen or span
    keep("period", (max(first, min(years[0], last)), min(last, max(years[1], first))))
    st.slider(_("Period"), first, last, key="period", on_change=_write_period, args=span, width=width)


def choose_least(now: int, strongest: int) -> None:
    """A field for the strength that a tie must have; none where all are as strong."""
    if max(now, strongest) < 2:
        return
    keep("least", now)
    st.number_input(
        _("Strength, at least"), 1, max(now, strongest), key="least", on_change=write, args=("least", 1), width=130
    )


def show_what_is_set(
    page: str,
    parts: Iterable[tuple[str, Iterable[str], Mapping[str, str]]],
    cleared: str,
    *,
    years: tuple[int, int] | None = None,
    strength: int = 1,
    more: Iterable[tuple[str, str]] = (),
) -> None:
    """What is set, in words, each to be clicked away, and one link that clears all; nothing where nothing is set.

    Parameters
    ----------
    parts
        Key in the URL, the codes set under it, and the names of all codes.
    cleared
        Address of the page with nothing of this set.
    more
        Key in the URL and words of what else is set.
    """
    chips = []
    for key, codes, names in parts:
        for code in codes:
            rest = [item for item in st.query_params.get_all(key) if item != code]
            chips.append(link(names.get(code, code), address_with(page, **{key: rest, FIRST: None})))
    if years:
        chips.append(link(f"{years[0]}–{years[1]}", address_with(page, **NO_PERIOD, **{FIRST: None})))
    if strength > 1:
        words = _("at least {count}").format(count=number(strength))
        chips.append(link(words, address_with(page, least=None)))
    chips += [link(words, address_with(page, **{key: None})) for key, words in more]
    if chips:
        frame.show(items([*chips, tag("a", _("Clear all"), href=cleared, class_="clear")], "chips"))


def _naming(names: Mapping[str, str]) -> Any:  # Streamlit takes any function of an option
    return lambda code: names.get(code, code)


def _write_period(first: int, last: int) -> None:
    chosen = st.session_state["period"]
    for key in (FIRST, *NO_PERIOD):
        st.query_params.pop(key, None)
    if chosen != (first, last):
        st.query_params["from"], st.query_params["to"] = str(chosen[0]), str(chosen[1])
