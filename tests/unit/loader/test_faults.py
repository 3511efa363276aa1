"""Each fault and doubt of the catalogue has an example, and is found in it: it and no other."""

from pathlib import Path

import pytest

from graph_loader.faults import CATALOGUE, Fault
from graph_loader.rows import DataSetRows
from graph_loader.sources import read
from graph_loader.validate import Examination, examine

EXAMPLES = Path(__file__).parents[2] / "faults"


def examination(code: str) -> Examination:
    """What the checks find in the example; folders under ``loaded`` are in the graph already, in their order."""
    folder = EXAMPLES / code
    kept: list[DataSetRows] = []
    for before in sorted((folder / "loaded").glob("*")):
        found = examine(read([before]), kept)
        assert not found.faults, [str(fault) for fault in found.faults]
        kept.append(found.rows)
    named = (folder / "data_set.csv").exists() or code == "no_data_set"
    asked_for = folder / "asked_for"
    asked = asked_for.read_text().strip() if asked_for.exists() else "" if named else "example"
    return examine(read([folder]), kept, asked)


def test_every_fault_has_an_example() -> None:
    assert {kind.code for kind in CATALOGUE} == {folder.name for folder in EXAMPLES.iterdir()}


@pytest.mark.parametrize("code", [kind.code for kind in CATALOGUE])
def test_each_example_has_its_own_fault_and_no_other(code: str) -> None:
    found = examination(code)

    assert {fault.code for fault in (*found.faults, *found.doubts)} == {code}


@pytest.mark.parametrize("code", [kind.code for kind in CATALOGUE])
def test_each_sentence_and_mend_is_filled_in(code: str) -> None:
    found = examination(code)

    for fault in (*found.faults, *found.doubts):
        assert "{" not in str(fault)
        assert fault.sentence
        assert fault.mend


def test_codes_are_used_once() -> None:
    codes = [kind.code for kind in CATALOGUE]

    assert len(set(codes)) == len(codes)


def test_a_fault_reads_as_a_sentence_with_its_place() -> None:
    fault = Fault("not_a_date", "partners.xlsx", "visits", 14, "on", "2019-13")

    assert str(fault) == (
        'partners.xlsx, sheet visits, row 14, column on: "2019-13" is not a date (write 2019-12-31, 2019-12 or 2019)'
    )


def test_a_name_in_place_of_an_id_is_recognised() -> None:
    (fault,) = examination("no_such_row").faults

    assert str(fault) == ('plans.csv, row 2, column region: there is no region "Zeelnd" (did you mean AM24 (Zeeland)?)')


def test_a_country_written_in_full_is_recognised() -> None:
    (fault,) = examination("not_a_country").faults

    assert fault.mend == "write its two-letter code: NL"


def test_a_value_outside_its_list_gets_the_nearest() -> None:
    (fault,) = examination("not_in_list").faults

    assert fault.mend.startswith("did you mean work visit?")


def test_a_circle_is_told_step_by_step() -> None:
    (fault,) = examination("part_of_itself").faults

    assert fault.words["path"] == "a > b > c > a"
