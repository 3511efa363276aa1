"""What pages read from their addresses: all pages by the same rule."""

import pytest
from streamlit.testing.v1 import AppTest


def reading(**state: str | list[str]) -> AppTest:
    """A page that writes down what it reads from an address."""

    def page() -> None:
        import streamlit as st

        from explorer.views import url

        st.session_state["read"] = {
            "one": url.one("theme", {"care", "work"}, "work"),
            "several": url.several("region", {"a", "b"}),
            "period": url.period(),
            "least": url.least(),
            "address": url.address_with("spread", theme=None, **url.NO_PERIOD),
        }
        st.write("read")

    app = AppTest.from_function(page)
    for key, value in state.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2001", "2010", (2001, 2010)),
        ("2001", "2001", (2001, 2001)),
        ("2010", "2001", None),
        ("2001", "", None),
        ("0000", "2010", None),
        ("20010", "2010", None),
        ("٢٠٠١", "2010", None),
        ("-200", "2010", None),
    ],
)
def test_a_period_is_two_years_in_order_or_none(first: str, last: str, period: tuple[int, int] | None) -> None:
    app = reading(**{"from": first, "to": last})

    assert app.session_state["read"]["period"] == period


@pytest.mark.parametrize(("text", "least"), [("3", 3), ("0", 1), ("-3", 1), ("many", 1), ("99999", 1), ("³", 1)])
def test_the_least_strength_is_a_number_of_one_at_least(text: str, least: int) -> None:
    assert reading(least=text).session_state["read"]["least"] == least


def test_codes_that_do_not_exist_are_left_aside_and_none_counts_twice() -> None:
    app = reading(theme="gone", region=["b", "gone", "a", "b"])

    assert app.session_state["read"]["one"] == "work"
    assert app.session_state["read"]["several"] == ("b", "a")


def test_an_address_keeps_what_is_not_changed() -> None:
    app = reading(theme="care", region=["a", "b"], **{"from": "2001", "to": "2010"})

    assert app.session_state["read"]["address"] == "spread?region=a&region=b"


def choosing() -> None:
    """A page with one of each field."""
    import streamlit as st

    from explorer.views import url

    names = {"care": "Care", "work": "Work"}
    url.choose_side("view", "View", {"table": "Table", "matrix": "Matrix"}, url.one("view", {"matrix"}, "table"))
    url.choose_one("theme", "Theme", names, url.one("theme", names), "All")
    url.choose_several("region", "Region", {"a": "A", "b": "B"}, url.several("region", {"a", "b"}), "All")
    url.choose_period(url.period(), (2000, 2020))
    url.choose_least(url.least(), 5)
    url.choose_one("nothing", "Nothing", {}, "", "All")
    st.write("drawn")


def test_fields_show_what_the_address_says() -> None:
    app = AppTest.from_function(choosing)
    for key, value in {"theme": "care", "region": ["b"], "from": "1990", "to": "2010", "least": "9"}.items():
        app.query_params[key] = value
    app.run()

    assert app.selectbox(key="theme").value == "care"
    assert app.multiselect(key="region").value == ["b"]
    assert app.slider(key="period").value == (2000, 2010)
    assert app.number_input(key="least").value == 9
    assert [field.key for field in app.selectbox] == ["theme"]


def test_a_choice_is_written_into_the_address_and_leads_a_long_list_back_to_its_start() -> None:
    app = AppTest.from_function(choosing)
    app.query_params["first"] = "200"
    app.run()
    app.selectbox(key="theme").set_value("work").run()

    assert dict(app.query_params) == {"theme": "work"}


def test_a_default_stays_out_of_the_address() -> None:
    app = AppTest.from_function(choosing)
    for key, value in {"theme": "care", "from": "2005", "to": "2010", "least": "2"}.items():
        app.query_params[key] = value
    app.run()
    app.selectbox(key="theme").set_value(None).run()
    app.slider(key="period").set_value((2000, 2020)).run()
    app.number_input(key="least").set_value(1).run()

    assert dict(app.query_params) == {}
