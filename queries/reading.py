"""Read a ``.cypher`` file: several queries, each under a header in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .asked import SHARED, Asked, declared_words
from .errors import QueryFileError
from .looks import Look, looks
from .values import Parameter, declared, split_outside_brackets

_ENTRY = re.compile(r"//\s?(?P<key>[a-z]+):\s*(?P<value>.*)")
_KEYS = ("name", "title", "params", "with", "returns", "best")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@dataclass(frozen=True)
class Query:
    """A named question and the Cypher that answers it.

    `title` and `description` are messages: translate them where they are shown.
    `asked` tells what each parameter asks for, `looks` how its rows are shown, the best first.
    `line` is where its header starts in `file`, `first_line` where its Cypher does.
    """

    name: str
    title: str
    description: str
    params: tuple[Parameter, ...]
    returns: tuple[str, ...]
    cypher: str
    file: Path
    line: int
    first_line: int
    asked: Mapping[str, Asked] = field(default_factory=dict)
    looks: tuple[Look, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it answers a question, as its title says; the others are whole lists that views are made from."""
        return self.title.endswith("?")

    @property
    def subject(self) -> str:
        """What it is about: the name of its file."""
        return self.file.stem

    def fault(self, sentence: str, line: int | None = None) -> QueryFileError:
        """An error that says `sentence` of this query, at `line` of its file or at its header."""
        return QueryFileError(self.file, self.line if line is None else line, f"query {self.name}: {sentence}")


def queries_in(file: Path) -> list[Query]:
    """The queries of one file, in its order; their Cypher is not judged yet.

    Raises
    ------
    QueryFileError
        When a header is incomplete or cannot be read.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = [place for place, line in enumerate(lines) if re.match(r"//\s?name:", line)]
    _refuse_before_first(file, lines[: starts[0]] if starts else lines)
    ends = [*starts[1:], len(lines)]
    return [_query(file, start + 1, lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _refuse_before_first(file: Path, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("//"):
            raise QueryFileError(file, number, "a query starts with its header: // name: …")


def _query(file: Path, start: int, lines: list[str]) -> Query:
    length = next((place for place, line in enumerate(lines) if not line.startswith("//")), len(lines))
    entries, description = _header(file, start, lines[:length])
    name = entries["name"]
    if not _NAME.fullmatch(name):
        raise QueryFileError(file, start, f'"{name}" is no name for a query (write it in snake_case)')
    for key in ("title", "returns"):
        if not entries.get(key):
            raise QueryFileError(file, start, f"query {name}: the header lacks // {key}: …")
    if not description:
        raise QueryFileError(file, start, f"query {name}: describe in words what a row is, under the header")
    while lines and (not lines[-1].strip() or lines[-1].startswith("//")) and len(lines) > length:
        lines = lines[:-1]  # remarks between this query and the next belong to neither
    cypher = "\n".join(lines[length:]).strip().removesuffix(";").rstrip()
    if not cypher:
        raise QueryFileError(file, start, f"query {name}: no Cypher follows the header")
    blank = next(place for place, line in enumerate(lines[length:]) if line.strip())
    returns = tuple(split_outside_brackets(entries["returns"]))
    try:
        params = tuple(declared(text) for text in split_outside_brackets(entries.get("params", "")))
        asked = _asked(params, entries.get("with", ""))
        shown = looks(entries.get("best", ""), returns)
    except ValueError as error:
        raise QueryFileError(file, start, f"query {name}: {error}") from error
    first = start + length + blank
    return Query(name, entries["title"], description, params, returns, cypher, file, start, first, asked, shown)


def _asked(params: tuple[Parameter, ...], told: str) -> dict[str, Asked]:
    """What each parameter asks for: as the header tells it, else as all queries have it."""
    own = declared_words(told)
    strangers = sorted(set(own) - {parameter.name for parameter in params})
    if strangers:
        raise ValueError(f"// with: tells {', '.join(strangers)}, which // params: has not")
    known = {**SHARED, **own}
    silent = [parameter.name for parameter in params if parameter.name not in known]
    if silent:
        raise ValueError(f"say in // with: what {', '.join(silent)} asks for")
    return {parameter.name: known[parameter.name] for parameter in params}


def _header(file: Path, start: int, lines: list[str]) -> tuple[dict[str, str], str]:
    """Entries by key, and the description; a line that is indented further continues the entry above it."""
    entries: dict[str, str] = {}
    description: list[str] = []
    key = ""
    for number, line in enumerate(lines, start):
        found = _ENTRY.fullmatch(line) if not description else None
        if found:
            key = found["key"]
            if key not in _KEYS or key in entries:
                raise QueryFileError(file, number, f"{key} is none of {', '.join(_KEYS)}, or is there twice")
            entries[key] = found["value"].strip()
        elif line.startswith("//   ") and not description:
            entries[key] = f"{entries[key]} {line[2:].strip()}"
        else:
            description.append(line[2:].strip())
    return entries, " ".join(part for part in description if part)


def introduction(file: Path) -> str:
    """What a file says of itself above its first query; may be empty."""
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//") or re.match(r"//\s?name:", line):
            break
        lines.append(line[2:].strip())
    return " ".join(lines)
