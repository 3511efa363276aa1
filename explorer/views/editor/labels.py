"""The editor's texts: buttons, headings, empty lists, messages, and those of the library that it is made with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

from languages.words import N_, _


@dataclass(frozen=True)
class Mark:
    """A fault in what was sent: where it begins (line and column from 1), how long it is, and what it is.

    A `length` of 0 marks the word that stands there. `part` names the text that is meant.
    """

    line: int
    column: int
    sentence: str
    length: int = 0
    part: Literal["statement", "parameters"] = "statement"


# What CodeMirror says by itself, under its own words for it.
PHRASES: Mapping[str, str] = {
    "Find": N_("Find"),
    "Replace": N_("Replace"),
    "next": N_("Next"),
    "previous": N_("Previous"),
    "all": N_("All"),
    "match case": N_("Match case"),
    "regexp": N_("Regular expression"),
    "by word": N_("Whole words"),
    "replace": N_("Replace"),
    "replace all": N_("Replace all"),
    "close": N_("Close"),
    "current match": N_("current match"),
    "replaced match on line $": N_("replaced in line $"),
    "replaced $ matches": N_("replaced $ times"),
    "on line": N_("on line"),
    "Go to line": N_("Go to line"),
    "go": N_("Go"),
    "Completions": N_("Completions"),
    "Diagnostics": N_("What is wrong"),
    "Control character": N_("Invisible sign"),
    "Selection deleted": N_("Selection deleted"),
}


@dataclass(frozen=True)
class Labels:
    """All that the editor says. Names in braces are filled in where it is said."""

    statement: str = N_("Statement in Cypher")
    placeholder: str = "MATCH (r:Region) RETURN r.name AS region ORDER BY region LIMIT 10"
    parameters: str = N_("Parameters, one a line: :param name => value;")
    run: str = N_("Run")
    keys: str = N_(
        "Ctrl-Enter runs it, Ctrl-Space completes, Ctrl-F searches, F8 goes to what is wrong, Tab leaves the field."
    )
    mistakes: str = N_("What is wrong")
    mistake: str = N_("Line {line}, column {column}: {sentence}")
    parameter_mistake: str = N_("Parameters, line {line}, column {column}: {sentence}")
    save: str = N_("Save")
    save_as: str = N_("Name to save it under")
    saved: str = N_("Saved statements ({count})")
    saved_empty: str = N_("None yet. Write a name above and press Save.")
    history: str = N_("Last runs ({count})")
    history_empty: str = N_("None yet. What you run is listed here.")
    where_kept: str = N_("Both lists are kept in this browser only, on this computer.")
    load: str = N_("Load: {name}")
    rename: str = N_("Rename")
    rename_entry: str = N_("Rename {name}")
    rename_to: str = N_("New name of {name}")
    delete: str = N_("Delete")
    delete_entry: str = N_("Delete {name}")
    clear_history: str = N_("Empty this list")
    keep: str = N_("Keep")
    cancel: str = N_("Cancel")
    take_back: str = N_("Take it back")
    was_saved: str = N_("Saved as {name}.")
    was_replaced: str = N_("Saved as {name}, in place of what had that name.")
    was_renamed: str = N_("Renamed to {name}.")
    was_deleted: str = N_("{name} is deleted.")
    was_cleared: str = N_("The list of last runs is empty now.")
    was_loaded: str = N_("Loaded. Ctrl-Z in the statement brings back what stood there.")
    nothing_to_save: str = N_("There is no statement to save yet.")
    name_missing: str = N_("Write a name to save the statement under.")
    name_taken: str = N_("Another saved statement is called {name}: choose another name.")
    storage_full: str = N_(
        "This browser has no room left to keep it: delete something from the lists below, then try again."
    )
    storage_forbidden: str = N_("This browser does not let this page keep anything: the lists last until it is closed.")
    phrases: Mapping[str, str] = field(default_factory=lambda: PHRASES)

    def said(self, mark: Mark) -> str:
        """A fault with its place."""
        said = self.parameter_mistake if mark.part == "parameters" else self.mistake
        return said.format(line=mark.line, column=mark.column, sentence=mark.sentence)


def editor_labels() -> Labels:
    """The editor's texts in the reader's language."""
    texts = {item.name: _(item.default) for item in fields(Labels) if isinstance(item.default, str)}
    return Labels(**texts, phrases={name: _(text) for name, text in PHRASES.items()})
