import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph_store.errors import EngineAway
from queries import cli, library
from queries.statement import read_statement

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command with these arguments; its exit code, what it wrote and what it complained of."""

    def run(*arguments: str, piped: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["graph-query", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        written = capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err

    return run


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine() -> None:
        raise EngineAway("No graph database answers.")

    monkeypatch.setattr(cli, "open_store", no_engine)
    monkeypatch.setattr(library, "open_store", no_engine)


def test_list_names_every_query_with_its_title(run: Run) -> None:
    code, text, _ = run("list")

    assert code == 0
    assert all(query.name in text and query.title in text for query in library.queries())


def test_list_can_be_read_by_programs(run: Run) -> None:
    listed = json.loads(run("list", "--format", "json")[1])

    assert [item["name"] for item in listed] == [query.name for query in library.queries()]


def test_search_finds_by_plain_words_the_best_first(run: Run) -> None:
    code, text, _ = run("search", "visits", "without", "date", "--format", "json")

    assert code == 0
    assert json.loads(text)[0]["name"] == "visits_without_date"


def test_show_can_be_read_by_programs(run: Run) -> None:
    told = json.loads(run("show", "shared_projects", "--format", "json")[1])

    assert told["returns"] == ["id", "name", "started", "ended"]
    assert told["parameters"][1] == {
        "name": "partner",
        "type": "str",
        "default": "",
        "asks": "The other organisation",
        "choices": "Organisation",
    }
    assert run("show", "shared_projects", "--format", "csv")[1].startswith(
        "name,type,default,asks,choices\norganisation,"
    )


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_format_that_is_no_text_needs_a_file_and_says_so_before_it_asks(run: Run, away: None, form: str) -> None:
    code, text, complaint = run("run", "regions", "--format", form)

    assert (code, text) == (2, "")
    assert complaint == f"A file is needed for {form}: add --output, such as --output answer.{form}.\n"


def test_a_file_in_a_folder_that_is_not_there_is_refused_before_anything_is_asked(
    run: Run, away: None, tmp_path: Path
) -> None:
    code, _text, complaint = run("run", "regions", "-o", str(tmp_path / "none" / "regions.csv"))

    assert code == 2
    assert complaint.startswith("There is no folder ")


def test_favourites_are_files_that_begin_with_the_title_and_hold_every_parameter(run: Run, tmp_path: Path) -> None:
    code, text, _ = run("favourites", str(tmp_path / "fav"))

    files = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "fav").rglob("*.cypher")}
    assert (code, text) == (0, f"{len(library.queries())} favourites written to {tmp_path / 'fav'}.\n")
    assert set(files) == {query.name for query in library.queries()}
    for query in library.queries():
        statement = read_statement(files[query.name])
        assert files[query.name].startswith(f"// {query.title}\n")
        assert list(statement.parameters) == [parameter.name for parameter in query.params]
        assert query.cypher in statement.cypher


def test_favourites_are_not_written_among_other_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")

    code, _text, complaint = run("favourites", str(tmp_path))

    assert code == 2
    assert "holds thesis.txt, which is none of these" in complaint
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_show_tells_what_a_query_takes_and_returns(run: Run) -> None:
    code, text, _ = run("show", "partners_of")

    assert code == 0
    for part in (
        "Partners of an organisation",
        "organisation: str",
        "partner_id, name, shared_projects",
        "MATCH (o:Org",
    ):
        assert part in text


@pytest.mark.parametrize("command", ["list", "show", "run", "cypher"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    code, text, _ = run(command, "--help")

    assert code == 0
    assert "Example:" in text
    assert "graph-query " + command in text.split("Example:")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "partnersof"), "The nearest is partners_of."),
        (("run", "partners_of"), "partners_of needs a value for organisation."),
        (("run", "partners_of", "-p", "organisation"), '"organisation" is no parameter: write it as key=value.'),
        (("run", "partners_of", "-p", "org=x"), 'partners_of has no parameter "org"'),
        (("run", "most_connected", "-p", "limit=many"), 'limit must be a whole number, and "many" is not.'),
        (("cypher", "no/such/file"), "no/such/file cannot be read as text"),
        (("cypher", "-"), "the input holds no statement."),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, text, complaint = run(*arguments, piped=" ;\n")

    assert (code, text) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("arguments", [("run", "period"), ("cypher", "-")])
def test_an_engine_that_is_away_is_one_sentence_and_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, piped="RETURN 1 AS one") == (2, "", "No graph database answers.\n")


def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "picture.cypher"
    file.write_bytes(b"\xff\xfe\x00")

    code, _, complaint = run("cypher", str(file))

    assert code == 2
    assert "cannot be read as text" in complaint
