"""Files known byte by byte: what was loaded before need not be read again."""

from pathlib import Path

from graph_loader.sources import fingerprint

VISITS = b"id,name,kind\nspring,Spring visit,work visit\n"


def folder(tmp_path: Path, name: str, **files: bytes) -> Path:
    path = tmp_path / name
    path.mkdir()
    for table, content in files.items():
        (path / f"{table}.csv").write_bytes(content)
    return path


def test_the_same_bytes_have_the_same_fingerprint_wherever_they_lie(tmp_path: Path) -> None:
    one, other = folder(tmp_path, "one", visits=VISITS), folder(tmp_path, "other", visits=VISITS)

    assert fingerprint([one]) == fingerprint([other])
    assert fingerprint([one])


def test_another_byte_another_name_or_another_file_tells(tmp_path: Path) -> None:
    first = folder(tmp_path, "first", visits=VISITS)
    others = [
        folder(tmp_path, "byte", visits=VISITS + b"\n"),
        folder(tmp_path, "name", themes=VISITS),
        folder(tmp_path, "more", visits=VISITS, themes=b"id,name,kind\n"),
    ]

    found = [fingerprint([path]) for path in (first, *others)]

    assert len(set(found)) == 4


def test_a_file_that_is_left_alone_tells_too_as_the_report_names_it(tmp_path: Path) -> None:
    path = folder(tmp_path, "one", visits=VISITS)
    before = fingerprint([path])

    (path / "minutes.txt").write_text("Who came")

    assert fingerprint([path]) != before


def test_a_file_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.mkdir()

    assert fingerprint([folder(tmp_path, "one", visits=VISITS), tmp_path]) == ""
