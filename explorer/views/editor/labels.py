"""The editor's texts: buttons, headings, empty lists, messages, and those of the library that it is made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from languages.words import _


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


@dataclass(frozen=True)
class Labels:
    """All that the editor says. Names in braces are filled in where it is said."""

    statement: str
    placeholder: str
    parameters: str
    run: str
    keys: str
    mistakes: str
    mistake: str  # with {line}, {column}, {sentence}
    parameter_mistake: str
    save: str
    save_as: str
    saved: str  # with {count}
    saved_empty: str
    history: str  # with {count}
    history_empty: str
    where_kept: str
    load: str  # with {name}
    rename: str
    rename_entry: str  # with {name}
    rename_to: str  # with {name}
    delete: str
    delete_entry: str  # with {name}
    clear_history: str
    keep: str
    cancel: str
    take_back: str
    was_saved: str  # with {name}
    was_replaced: str  # with {name}
    was_renamed: str  # with {name}
    was_deleted: str  # with {name}
    was_cleared: str
    was_loaded: str
    nothing_to_save: str
    name_missing: str
    name_taken: str  # with {name}
    storage_full: str
    storage_forbidden: str
    phrases: Mapping[str, str]

    def said(self, mark: Mark) -> str:
        """A fault with its place."""
        said = self.parameter_mistake if mark.part == "parameters" else self.mistake
        return said.format(line=mark.line, column=mark.column, sentence=mark.sentence)


def editor_labels() -> Labels:
    """The editor's texts in the reader's language."""
    return Labels(
        statement=_("Statement in Cypher"),
        placeholder="MATCH (r:Region) RETURN r.name AS region ORDER BY region LIMIT 10",
        parameters=_("Parameters, one a line: :param name => value;"),
        run=_("Run"),
        keys=_(
            "Ctrl-Enter runs it, Ctrl-Space completes, Ctrl-F searches, F8 goes to what is wrong, Tab leaves the field."
        ),
        mistakes=_("What is wrong"),
        mistake=_("Line {line}, column {column}: {sentence}"),
        parameter_mistake=_("Parameters, line {line}, column {column}: {sentence}"),
        save=_("Save"),
        save_as=_("Name to save it under"),
        saved=_("Saved statements ({count})"),
        saved_empty=_("None yet. Write a name above and press Save."),
        history=_("Last runs ({count})"),
        history_empty=_("None yet. What you run is listed here."),
        where_kept=_("Both lists are kept in this browser only, on this computer."),
        load=_("Load: {name}"),
        rename=_("Rename"),
        rename_entry=_("Rename {name}"),
        rename_to=_("New name of {name}"),
        delete=_("Delete"),
        delete_entry=_("Delete {name}"),
        clear_history=_("Empty this list"),
        keep=_("Keep"),
        cancel=_("Cancel"),
        take_back=_("Take it back"),
        was_saved=_("Saved as {name}."),
        was_replaced=_("Saved as {name}, in place of what had that name."),
        was_renamed=_("Renamed to {name}."),
        was_deleted=_("{name} is deleted."),
        was_cleared=_("The list of last runs is empty now."),
        was_loaded=_("Loaded. Ctrl-Z in the statement brings back what stood there."),
        nothing_to_save=_("There is no statement to save yet."),
        name_missing=_("Write a name to save the statement under."),
        name_taken=_("Another saved statement is called {name}: choose another name."),
        storage_full=_(
            "This browser has no room left to keep it: delete something from the lists below, then try again."
        ),
        storage_forbidden=_("This browser does not let this page keep anything: the lists last until it is closed."),
        phrases=_phrases(),
    )


def _phrases() -> dict[str, str]:
    """What CodeMirror says by itself, under its own English words."""
    return {
        "Find": _("Find"),
        "Replace": _("Replace"),
        "next": _("Next"),
        "previous": _("Previous"),
        "all": _("All"),
        "match case": _("Match case"),
        "regexp": _("Regular expression"),
        "by word": _("Whole words"),
        "replace": _("Replace"),
        "replace all": _("Replace all"),
        "close": _("Close"),
        "current match": _("current match"),
        "replaced match on line $": _("replaced in line $"),
        "replaced $ matches": _("replaced $ times"),
        "on line": _("on line"),
        "Go to line": _("Go to line"),
        "go": _("Go"),
        "Completions": _("Completions"),
        "Diagnostics": _("What is wrong"),
        "Control character": _("Invisible sign"),
        "Selection deleted": _("Selection deleted"),
    }
