"""The catalogue of measures: each says what a reader must know, under a name of its own."""

from collections import Counter

from explorer.analysis.catalogue import PAGE, SUBJECTS, by_module, page


def test_each_measure_has_a_code_of_its_own_and_says_everything() -> None:
    measures = [item for own in by_module().values() for item in own]

    assert len(measures) > 40
    assert [code for code, count in Counter(item.code for item in measures).items() if count > 1] == []
    for item in measures:
        assert all([item.title, item.words, item.term, item.span, item.undefined, item.source]), item.code


def test_no_measure_claims_a_cause() -> None:
    told = " ".join(f"{item.title} {item.words}" for own in by_module().values() for item in own).lower()

    assert "caused" not in told
    assert "led to" not in told


def test_every_module_with_measures_has_a_heading_and_none_is_left_over() -> None:
    assert set(by_module()) == set(SUBJECTS)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
