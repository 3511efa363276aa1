"""Workbooks as stewards keep them: titles, merged headers, notes, hidden sheets, Dutch and German words."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph_loader.sources import Reading, read
from graph_loader.template import make_template
from graph_loader.validate import Examination, examine
from tests.spreadsheets import ods_sheet, write_ods, write_xlsx, xlsx_row


def dutch_workbook(path: Path) -> Path:
    """A Dutch steward's workbook: logo, title, merged headers in two rows, own columns, notes, a hidden sheet."""
    book = openpyxl.Workbook()
    regions = book.worksheets[0]
    regions.title = "Regio's"
    regions.append([None, None, "[logo]"])
    regions.append(["Overzicht arbeidsmarktregio's, stand 2024"])
    regions.merge_cells("A2:G2")
    regions.append([])
    regions.append(["Code", "Naam *", "Soort", "Land", "Ligging", None, "Onderdeel van", "_controle"])
    regions.append([None, None, None, None, "Breedtegraad", "Lengtegraad"])
    for merged in ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:G5"):
        regions.merge_cells(merged)
    regions.append(["nl", "Nederland", "Landelijk", "nl", None, None, None, "ok"])
    regions.append(["gld", "Gelderland", "Provincie", "NL", 52.06, 5.94, "nl", "nakijken"])
    regions.append(["mgld", "Midden-Gelderland", "arbeidsmarktregio", "NL", 51.98, 5.91, "gld"])
    regions.append([])
    regions.append(["* De grenzen zijn die van 2023."])
    regions.append(["Bron: opgave van de regio's zelf"])
    visits = book.create_sheet("Bezoeken 2024")
    visits.append(["Naam", "Sleutel", "Toelichting", "Soort", "Datum"])
    visits.append(["Bezoek aan Arnhem", "b1", "", "Werkbezoek", date(2024, 3, 12)])
    visits.append(["Praktijkdag", "b2", "", "praktijkdag", date(2024, 5, 1)])
    visits["E3"].number_format = "mmm yyyy"
    old = book.create_sheet("Oud")
    old.append(["Dit blad is oud"])
    old.sheet_state = "hidden"
    book.create_sheet("Lees mij").append(["Welkom"])
    book.create_sheet("_kladblok").append(["nog doen"])
    book.save(path)
    return path


def german_workbook(path: Path) -> Path:
    """A German steward's workbook, as LibreOffice writes it."""
    organisations = ods_sheet(
        "Organisationen",
        [
            ["Träger und Partner im Netzwerk"],
            [],
            ["Kürzel", "Bezeichnung", "Art", "Auch bekannt als", "Bemerkung"],
            ["kd", "Kreis Düren", "Behörde", "KD;Landkreis", None],
            ["ihk", "Kammer", "Sonstige", None, "zuständig für Ausbildung"],
        ],
    )
    projects = ods_sheet(
        "Projekte",
        [
            ["Schlüssel", "Name", "Beginn", "Ende", "Budget (EUR)", "Zusammenfassung"],
            ["p1", "Ausbildung für alle", date(2022, 9, 1), None, 250000.5, "Zwei Sätze.\nUnd noch einer."],
        ],
    )
    return write_ods(path, organisations, projects, ods_sheet("Intern", [["geheim"]], hidden=True))


def examined(path: Path) -> tuple[Reading, Examination]:
    reading = read([path])
    found = examine(reading, data_set="test")
    assert not found.faults, [str(fault) for fault in found.faults]
    return reading, found


def sentences(reading: Reading, found: Examination) -> set[str]:
    return {str(note) for note in (*reading.notes, *found.notes)}


def cells(found: Examination, table: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in found.rows.rows if row.table == table]


def test_a_dutch_workbook_is_read_as_it_is_meant(tmp_path: Path) -> None:
    reading, found = examined(dutch_workbook(tmp_path / "netwerk.xlsx"))

    assert [table.name for table in reading.tables] == ["regions", "visits"]
    assert cells(found, "regions") == [
        {"id": "nl", "name": "Nederland", "kind": "country", "country": "NL"},
        {
            "id": "gld",
            "name": "Gelderland",
            "kind": "province",
            "country": "NL",
            "latitude": "52.06",
            "longitude": "5.94",
            "part_of": "nl",
        },
        {
            "id": "mgld",
            "name": "Midden-Gelderland",
            "kind": "labour-market region",
            "country": "NL",
            "latitude": "51.98",
            "longitude": "5.91",
            "part_of": "gld",
        },
    ]
    assert cells(found, "visits") == [
        {"name": "Bezoek aan Arnhem", "id": "b1", "kind": "work visit", "on": "2024-03-12"},
        {"name": "Praktijkdag", "id": "b2", "kind": "practice day", "on": "2024-05"},
    ]


def test_all_that_was_guessed_in_it_is_said(tmp_path: Path) -> None:
    said = sentences(*examined(dutch_workbook(tmp_path / "netwerk.xlsx")))

    assert said == {
        "netwerk.xlsx, sheet Oud: the sheet is hidden and left alone",
        "netwerk.xlsx, sheet Regio's: read as the table regions",
        "netwerk.xlsx, sheet Regio's: the header is taken from rows 4 and 5 together; "
        "what stands above them is left alone",
        "netwerk.xlsx, sheet Regio's: columns are read as: Code = id, Naam * = name, Soort = kind, Land = country, "
        "Breedtegraad = latitude, Lengtegraad = longitude, Onderdeel van = part_of",
        "netwerk.xlsx, sheet Regio's: left alone, as their names begin with _: the columns _controle",
        "netwerk.xlsx, sheet Regio's: rows 10 to 11 under the table are taken for notes and left alone",
        "netwerk.xlsx, sheet Regio's: values of Soort are read as: "
        "Landelijk = country, Provincie = province, arbeidsmarktregio = labour-market region",
        "netwerk.xlsx, sheet Bezoeken 2024: read as the table visits",
        "netwerk.xlsx, sheet Bezoeken 2024: columns are read as: "
        "Naam = name, Sleutel = id, Toelichting = note, Soort = kind, Datum = on",
        "netwerk.xlsx, sheet Bezoeken 2024: values of Soort are read as: "
        "Werkbezoek = work visit, praktijkdag = practice day",
    }


def test_a_fault_below_a_title_has_the_row_that_excel_shows(tmp_path: Path) -> None:
    path = dutch_workbook(tmp_path / "netwerk.xlsx")
    book = openpyxl.load_workbook(path)
    book["Regio's"]["C7"] = "Provinzie"
    book["Regio's"]["H4"] = "Breedte"
    book.save(path)

    faults = {(fault.code, fault.row, fault.value) for fault in examine(read([path]), data_set="test").faults}

    assert faults == {("not_in_list", 7, "Provinzie"), ("unknown_column", 5, "Breedte")}


def test_a_german_spreadsheet_of_libreoffice_is_read_as_it_is_meant(tmp_path: Path) -> None:
    reading, found = examined(german_workbook(tmp_path / "netz.ods"))

    assert [table.name for table in reading.tables] == ["organisations", "projects"]
    assert cells(found, "organisations") == [
        {"id": "kd", "name": "Kreis Düren", "kind": "agency", "aliases": "KD;Landkreis"},
        {"id": "ihk", "name": "Kammer", "kind": "other", "note": "zuständig für Ausbildung"},
    ]
    assert cells(found, "projects") == [
        {
            "id": "p1",
            "name": "Ausbildung für alle",
            "started": "2022-09-01",
            "budget_eur": "250000.5",
            "summary": "Zwei Sätze.\nUnd noch einer.",
        }
    ]
    said = sentences(reading, found)
    assert "netz.ods, sheet Intern: the sheet is hidden and left alone" in said
    assert "netz.ods, sheet Organisationen: the header is taken from row 3; what stands above it is left alone" in said


def test_the_same_table_in_two_files_is_one(tmp_path: Path) -> None:
    (tmp_path / "Thema's.csv").write_text("id;naam;soort\nwerk;Werk;prioriteit\n", encoding="utf-8")
    write_xlsx(tmp_path / "themes.xlsx", xlsx_row(1, "id", "name", "kind") + xlsx_row(2, "school", "School", "focus"))

    reading, found = examined(tmp_path)

    assert [row["id"] for row in cells(found, "themes")] == ["werk", "school"]
    assert "themes.xlsx, sheet themes: its rows are added to those of Thema's.csv" in sentences(reading, found)


@pytest.mark.parametrize("title", ["Sheet1", "Blad1", "Tabelle 1"])
def test_a_single_sheet_that_nobody_named_is_what_its_file_is_called(tmp_path: Path, title: str) -> None:
    path = write_xlsx(tmp_path / "Projecten 2024.xlsx", xlsx_row(1, "id", "naam"), title)

    reading = read([path])

    assert [table.name for table in reading.tables] == ["projects"]
    assert f"Projecten 2024.xlsx, sheet {title}: read as the table projects" in [str(note) for note in reading.notes]


def test_the_example_of_a_template_needs_no_guess(tmp_path: Path) -> None:
    (path,) = make_template(tmp_path / "empty.xlsx")

    assert not read([path]).notes


def test_a_last_row_with_a_single_cell_is_a_row_where_nothing_parts_it_from_the_table(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("id,name,kind\na,A,focus\nthis is no note\n")

    assert [row.cells[0] for row in read([tmp_path]).tables[0].rows] == ["a", "this is no note"]


def test_single_words_under_a_table_are_rows(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("id,name,kind\na,A,focus\n\nb\n")

    assert [row.cells[0] for row in read([tmp_path]).tables[0].rows] == ["a", "b"]


def test_a_header_of_which_no_column_is_known_is_taken_from_the_first_row(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("\nx,y\na,b\n")

    (table,) = read([tmp_path]).tables

    assert (table.header_row, table.header) == (2, ("x", "y"))


def test_values_in_the_rows_are_never_taken_for_a_second_header_row(tmp_path: Path) -> None:
    (tmp_path / "themes.csv").write_text("id,name,kind\nname,Name,focus\nid,,focus\n")

    (table,) = read([tmp_path]).tables

    assert (table.header_row, len(table.rows)) == (1, 2)


def test_macros_are_refused_whatever_the_file_is_called(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "one.xlsx", xlsx_row(1, "id"), parts={"xl/vbaProject.bin": b"macro"})
    (tmp_path / "two.xlsm").write_bytes(b"whatever")

    assert [fault.code for fault in read([tmp_path]).faults] == ["with_macros", "with_macros"]
