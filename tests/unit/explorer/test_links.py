"""Addresses: the state of a page in its URL."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import links
from explorer.pictures.html import link, tag
from graph_store.schema import NODE_KINDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.sampled_from(["region", "kind", "theme", "q"]), TEXTS))
def test_what_goes_into_an_address_comes_out_of_it(state: dict[str, str]) -> None:
    parts = urlsplit(links.address("network", **state))

    assert parts.path == "network"
    assert parse_qs(parts.query, keep_blank_values=True) == {key: [value] for key, value in state.items()}


def test_several_values_repeat_their_key_and_nothing_is_left_out() -> None:
    assert links.address("network", region=["A", "B"], least=None, kind="", tie=[]) == "network?region=A&region=B"
    assert links.address("network") == "network"


def test_an_address_is_relative_so_that_the_app_may_live_under_any_path() -> None:
    assert not links.profile("Region", "A").startswith(("/", "http"))


def test_an_id_with_signs_of_its_own_stays_one_id() -> None:
    assert parse_qs(urlsplit(links.profile("Region", "a&id=b#c/d é")).query) == {"id": ["a&id=b#c/d é"]}


def test_a_kind_without_a_profile_has_no_address() -> None:
    assert links.profile("Adoption", "x") == ""
    assert links.profile("Nonsense", "x") == ""


def test_profiles_are_of_kinds_that_the_model_has() -> None:
    assert set(links.PROFILES) <= {kind.label for kind in NODE_KINDS}
    assert len(set(links.PROFILES.values())) == len(links.PROFILES)


def test_the_rows_behind_a_number_name_their_query() -> None:
    assert links.rows("stated_by", source="s1") == "rows?query=stated_by&source=s1"


@pytest.fixture
def simulated() -> Iterator[None]:
    """Addresses are made by a page of the simulated network."""
    links.choose_network(links.SIMULATED)
    yield
    links.choose_network(links.RECORDED)


@pytest.mark.usefixtures("simulated")
def test_addresses_stay_in_the_network_that_is_open() -> None:
    assert links.address("spread") == "spread?network=simulated"
    assert links.profile("Region", "a&b") == "region?id=a%26b&network=simulated"
    assert links.rows("visits") == "rows?query=visits&network=simulated"
    assert links.address("spread", network="nonsense", theme="t") == "spread?theme=t&network=simulated"
    assert links.within_network("map?from=2010#table") == "map?from=2010&network=simulated#table"
    assert links.within_network(links.address("spread")) == links.address("spread")  # once is enough


@pytest.mark.usefixtures("simulated")
def test_every_link_that_is_written_stays_in_the_network_even_where_its_address_is_bare() -> None:
    assert link("All", links.SPREAD) == '<a href="spread?network=simulated">All</a>'
    assert 'href="region?id=x&amp;network=simulated"' in tag("a", "x", href="region?id=x")
    for elsewhere in ("https://example.org/a?b=c", "mailto:desk@example.org", "#table", "./", "./?network=simulated"):
        assert f'href="{elsewhere}"' in tag("a", "x", href=elsewhere)


def test_the_start_page_of_each_network_has_an_address_from_everywhere() -> None:
    assert links.start(links.SIMULATED) == "./?network=simulated"
    assert links.start(links.RECORDED) == "./"
    assert links.address("spread", network="simulated") == "spread"  # on the records no link leads out of them unasked
