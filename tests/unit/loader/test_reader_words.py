"""Faults speak in the words of the reader's own file: its headings, its sheets, its language."""

from pathlib import Path

import openpyxl
import pytest
from loader_examples import checked, raw_table

from graph_loader.faults import Fault
from graph_loader.sources import Reading, read
from graph_loader.validate import Examination, examine


def faults(name: str, text: str) -> list[Fault]:
    return list(examine(Reading((raw_table(name, text),), ()), (), "test").faults)


def test_a_fault_names_its_column_by_the_heading_and_keeps_the_name_of_the_schema() -> None:
    (fault,) = checked(projects="Kenmerk,Naam,Startdatum\na,A,soon").faults

    assert fault.place == "projects.csv, row 2, column Startdatum"
    assert (fault.column, fault.heading) == ("started", "Startdatum")
    assert fault.as_dict()["column"] == "started"
    assert fault.as_dict()["heading"] == "Startdatum"


def test_a_cause_names_its_columns_by_their_headings_too() -> None:
    (group,) = checked(projects="Kenmerk,Naam,Startdatum\na,A,soon\nb,B,later").faults.groups

    assert [str(spot) for spot in group.spots] == ["projects.csv, column Startdatum: rows 2, 3"]
    assert group.as_dict()["places"][0]["heading"] == "Startdatum"


def test_columns_within_a_sentence_are_called_as_the_sheet_calls_them() -> None:
    (fault,) = checked(projects="Kenmerk,Naam,Startdatum,Einddatum\na,A,2020,2018").faults

    assert fault.sentence == '"Einddatum" 2018 comes before "Startdatum" 2020'


def test_a_missing_column_is_named_in_the_language_of_the_sheet_with_its_own_name_behind() -> None:
    assert [str(fault) for fault in faults("projects", "Kenmerk,Startdatum\na,2020")] == [
        'projects.csv, row 1: the column "naam (name)" is missing (add it: every row needs a value in it)'
    ]
    assert [str(fault) for fault in faults("regions", "Kennung,Name,Staat\na,A,DE")] == [
        'regions.csv, row 1: the column "Art (kind)" is missing (add it: every row needs a value in it)'
    ]


def test_a_missing_column_of_an_english_sheet_is_named_as_the_template_names_it() -> None:
    assert [str(fault) for fault in faults("projects", "id,started\na,2020")] == [
        'projects.csv, row 1: the column "name" is missing (add it: every row needs a value in it)'
    ]


def test_an_unknown_column_of_a_dutch_sheet_is_answered_in_dutch() -> None:
    near, unlike = checked(projects="Kenmerk,Naam,Strtdatum,X9\na,A,2020,rood").faults

    assert near.mend == "did you mean startdatum? A column of your own is left alone when its name begins with _"
    assert unlike.mend.startswith("its columns are id, naam, begin, einde, status, budget,")


def test_two_headings_of_one_column_are_both_named() -> None:
    (fault,) = checked(themes="Kenmerk,Naam,Soort,Type\na,A,prioriteit,prioriteit").faults

    assert fault.sentence == 'the column "Soort", also as "Type", is there twice'


def test_a_value_outside_its_list_gets_the_list_in_the_language_of_the_sheet() -> None:
    (fault,) = checked(organisations="Kenmerk,Naam,Soort organisatie\na,A,werkgeversnetw").faults

    assert fault.place == "organisations.csv, row 2, column Soort organisatie"
    assert fault.mend.startswith("did you mean werkgeversnetwerk? The list: gemeente, provincie, ministerie,")
    assert "municipality" not in fault.mend


def test_a_german_sheet_gets_the_list_in_german() -> None:
    (fault,) = checked(themes="Kennung,Name,Art\na,A,Farbe").faults

    assert fault.mend == "write one of: Priorität, Schwerpunkt, Herausforderung, Förderaktion"


def test_a_dutch_value_under_english_headings_is_answered_in_dutch() -> None:
    (fault,) = checked(organisations="id,name,kind\na,A,gemeentee").faults

    assert fault.mend.startswith("did you mean gemeente? The list: gemeente, provincie,")


def test_an_english_sheet_gets_the_list_of_the_schema() -> None:
    (fault,) = checked(themes="id,name,kind\na,A,colour").faults

    assert fault.mend == "write one of: priority, focus, challenge, funding action"


@pytest.mark.parametrize(("text", "code"), [("Nederland", "NL"), ("Oostenrijk", "AT"), ("Duitslnd", "DE")])
def test_a_country_is_known_by_its_name_in_the_readers_language(text: str, code: str) -> None:
    (fault,) = checked(regions=f"id,name,kind,country\na,A,province,{text}").faults

    assert fault.mend == f"write its two-letter code: {code}"


def workbook(path: Path, **sheets: list[list[str]]) -> Examination:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return examine(read([path]), (), "test")


def test_what_is_to_be_added_is_added_to_the_sheet_as_it_is_called(tmp_path: Path) -> None:
    found = workbook(
        tmp_path / "netwerk.xlsx",
        Gebieden=[["Code", "Naam", "Soort", "Land"], ["gld", "Gelderland", "provincie", "NL"]],
        Plannen=[["Code", "Naam", "Jaar", "Regio"], ["p", "Plan", "2024", "qqq"]],
    )

    (fault,) = found.faults
    assert str(fault) == (
        'netwerk.xlsx, sheet Plannen, row 2, column Regio: there is no region "qqq" '
        "(add it to Gebieden, or write the id of one that is there)"
    )


def test_values_read_as_others_are_told_under_the_heading(tmp_path: Path) -> None:
    found = workbook(tmp_path / "netwerk.xlsx", Gebieden=[["Code", "Naam", "Soort", "Land"], ["g", "G", "stad", "NL"]])

    assert [note.sentence for note in found.notes] == ["values of Soort are read as: stad = city"]


@pytest.mark.parametrize(
    ("name", "header", "meant"),
    [
        ("deelnemers", "organisatie,project,rol", "deelnames (participations)"),
        ("deelnemers", "deelnemer,bezoek", "aanwezigheid (attendances)"),
        ("deelnemers", "kleur,geur", "deelnames (participations)"),
        ("prjecten", "x", "projecten (projects)"),
        ("vists", "id", "visits"),
        ("lijst", "attendee,visit,outcome", "attendances"),
        ("export", "kleur,geur", ""),
        ("export", "id,name", ""),
        ("gemeenten", "x", ""),
        ("data", "x", ""),
        ("elementaire zaken", "x", ""),
    ],
)
def test_another_table_is_proposed_by_its_columns_or_by_a_near_word_and_else_none(
    name: str, header: str, meant: str
) -> None:
    (fault,) = faults(name, header)

    assert fault.words["meant"] == meant
