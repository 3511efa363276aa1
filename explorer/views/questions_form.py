"""The form of a question: one field for each thing that it asks for, with the choices that the graph has."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from explorer.data import questions
from explorer.data.questions import Asked, Parameter, Query
from languages.words import _

from . import url

WIDTH = 260
_PREFIX = "asks-"  # of the keys of the fields: a page has other widgets of the same name


def form(query: Query, given: Mapping[str, Any]) -> None:
    """Draw the fields, those that must or may be chosen first, the settings with a usual value behind a fold."""
    chosen = [item for item in query.params if item.required or item.nullable]
    usual = [item for item in query.params if item not in chosen and item.name != "internal"]
    if chosen:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for item in chosen:
                _field(item, query.asked[item.name], given.get(item.name, item.default))
    if usual:
        with st.expander(_("Settings"), key="asks", expanded=any(item.name in given for item in usual)):
            for item in usual:
                _field(item, query.asked[item.name], given.get(item.name, item.default))


def _field(parameter: Parameter, asked: Asked, now: Any) -> None:
    key = _PREFIX + parameter.name
    label = _(asked.words)
    names = questions.choices(asked)
    if names and parameter.type == "list[str]":
        url.keep(key, [code for code in now or [] if code in names])
        _several(parameter, label, names)
    elif names:
        url.keep(key, now if now in names else None)
        _one(parameter, label, names)
    else:
        _free(parameter, asked, label, now)


def _one(parameter: Parameter, label: str, names: Mapping[str, str]) -> None:
    st.selectbox(
        label,
        list(names),
        key=_PREFIX + parameter.name,
        index=None,
        format_func=lambda code: names.get(code, code),
        placeholder=_("choose") if parameter.required else _("all"),
        filter_mode="fuzzy",
        on_change=_write,
        args=(parameter,),
        width=WIDTH,
    )


def _several(parameter: Parameter, label: str, names: Mapping[str, str]) -> None:
    st.multiselect(
        label,
        list(names),
        key=_PREFIX + parameter.name,
        format_func=lambda code: names.get(code, code),
        placeholder=_("all"),
        on_change=_write,
        args=(parameter,),
    )


def _free(parameter: Parameter, asked: Asked, label: str, now: Any) -> None:
    key = _PREFIX + parameter.name
    told: dict[str, Any] = {"key": key, "on_change": _write, "args": (parameter,), "width": WIDTH}
    if parameter.type == "date":
        url.keep(key, now)
        st.date_input(label, value=None, min_value=date(1900, 1, 1), max_value=date(2200, 12, 31), **told)
    elif parameter.type == "bool":
        url.keep(key, bool(now))
        st.toggle(label, **told)
    elif parameter.type == "int":
        least, most = asked.span or (None, None)
        url.keep(key, now)
        st.number_input(label, least, most, value=None, step=1, **told)
    elif parameter.type == "float":
        url.keep(key, now)
        st.number_input(label, value=None, **told)
    else:
        url.keep(key, ";".join(now) if isinstance(now, list) else now or "")
        st.text_input(label, **told)


def _write(parameter: Parameter) -> None:
    """Write what a field says into the address; the usual value stays out of it."""
    value = st.session_state[_PREFIX + parameter.name]
    if value is None or value in ("", []) or value == parameter.default:
        st.query_params.pop(parameter.name, None)
    elif isinstance(value, list):
        st.query_params[parameter.name] = value
    else:
        st.query_params[parameter.name] = value.isoformat() if isinstance(value, date) else str(value)
