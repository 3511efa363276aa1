"""Collects every message that a reader may see into ``languages/messages.pot``.

``python -m languages.extract`` writes it; ``--check`` exits with 1 when it is
not current. Messages come from the code (`_`, `N_`, `NP_`, `ngettext`), from
the headers of the queries, and from the names of the schema's properties.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import write_po

from .words import HERE

ROOT = HERE.parent
ROOMS = ("graph_store", "graph_loader", "queries", "explorer", "languages")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "NP_": (1, 2)}
METHODS = [
    ("**/schema.py", "languages.extract:schema_messages"),
    ("**.py", "python"),
    ("**.cypher", "languages.extract:query_messages"),
]
Message = tuple[int, Any, Any, Any]

_PROPERTY = re.compile(r'Property\("([a-z_]+)"(?P<rest>[^\n]*)')
_HEADER = re.compile(r"^// ?(?P<text>.*)$")
_PARAMETER = re.compile(r"([a-z_0-9]+): ([^();]+?)\s*(?=[(;]|$)")
_KEY = re.compile(r"^(?P<key>name|title|params|with|returns|best):\s*(?P<value>.*)$")


def schema_messages(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[Message]:
    """Messages of the schema: those it marks, and the headings that are properties' names."""
    text = file.read()
    yield from extract_python(io.BytesIO(text), keywords, tags, options)
    for number, line in enumerate(text.decode("utf-8").splitlines(), 1):
        for found in _PROPERTY.finditer(line):
            if "title=" not in found["rest"].split("Property(")[0]:
                yield number, "_", found[1].replace("_", " ").capitalize(), []


def query_messages(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[Message]:
    """Titles, descriptions and words for parameters of the queries of one file."""
    del keywords, tags, options  # asked for by Babel
    for start, header in _headers(file.read().decode("utf-8").splitlines()):
        for message in _told(header):
            yield start, "_", message, []


def catalogue() -> Catalog:
    """All messages, with the places they come from; dated by nothing, so that the same code gives the same text."""
    found = Catalog(project="partnership-explorer", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        for name, line, message, _comments, context in extract_from_dir(str(ROOT / room), METHODS, keywords=KEYWORDS):
            found.add(message, locations=[(f"{room}/{name}", line)], context=context)
    return found


def main() -> None:
    """Write the template, or check it with ``--check``."""
    text = io.BytesIO()
    write_po(text, catalogue(), omit_header=True, sort_by_file=True, no_location=True, width=110)
    file = HERE / "messages.pot"
    if "--check" not in sys.argv[1:]:
        file.write_bytes(text.getvalue())
    elif not file.exists() or file.read_bytes() != text.getvalue():
        sys.exit("not current: languages/messages.pot (run python -m languages.extract)")


def _headers(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    start, header = 0, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        found = _HEADER.match(line)
        if found:
            start = start or number
            header.append(found["text"])
        elif header:
            yield start, header
            start, header = 0, []


def _told(header: Iterable[str]) -> list[str]:
    """Title, words for parameters and description, as the library reads them: what follows the last key describes."""
    entries, description, key = dict[str, str](), list[str](), ""
    for line in header:
        found = _KEY.match(line)
        if found:
            key, description = found["key"], []
            entries[key] = found["value"].strip()
        elif line.startswith("  ") and not description:  # a key's value goes on
            entries[key] += " " + line.strip()
        else:
            description.append(line.strip())
    if "name" not in entries:
        return []
    words = [words for _name, words in _PARAMETER.findall(entries.get("with", ""))]
    return [message for message in [entries.get("title", ""), *words, " ".join(description)] if message]


if __name__ == "__main__":
    main()
