"""Upload of tables by a data steward: checked and planned before anything is written, and loaded as they were checked.

For those whom `door` has let in. What is uploaded lies in a folder
that only this process can read, and goes when it is loaded, given up, or its
session ends. The graph is opened for writing only while a load or an undo runs.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath

from graph_loader import api
from graph_loader.grouping import Group, grouped
from graph_loader.history.step_back import ChangeReport
from graph_loader.loading import PlanOutdated
from graph_loader.meaning import NodeKey
from graph_loader.notes import Note
from graph_loader.report import Counts, LoadReport, PlanReport
from graph_store.errors import WrongUse
from graph_store.store import WRITER, open_store
from languages.words import _, number

from . import graph
from .later import Later

__all__ = ["Counts", "Done", "Group", "PlanOutdated", "Planned", "Upload"]

LARGEST = 50  # megabytes of one upload
KINDS = ("xlsx", "ods", "csv", "tsv")
_MEGABYTE = 1_000_000
_NAMED = 40  # changes of each sort that a plan names
_LINE = "uploads"  # one after the other


@dataclass(frozen=True)
class Planned:
    """What a load of the uploaded tables would do.

    `counts` are kind, added, changed, removed; `named` are some of the changes
    by sort; without a plan there are faults.
    """

    data_set: str
    name: str  # of the data set, as a reader knows it
    rows: int
    tables: int  # that were read
    faults: tuple[Group, ...]
    doubts: tuple[Group, ...]
    notes: tuple[Note, ...]
    counts: Mapping[str, Counts]  # by label and type
    named: tuple[tuple[str, str], ...]
    version: str
    passed: bool

    @property
    def changes_nothing(self) -> bool:
        """Whether the graph says all of it already."""
        return self.passed and not self.counts


@dataclass(frozen=True)
class Done:
    """What a load or an undo did; `run` names a load that can be taken back."""

    run: str
    data_set: str
    name: str  # of the data set
    unchanged: bool
    counts: Mapping[str, Counts]  # by label and type
    refused: tuple[Group, ...] = ()
    gone: bool = False  # the data set, which was not there before what was taken back


@dataclass
class Upload:
    """Files as they were uploaded, in a folder of their own."""

    files: tuple[Path, ...]
    data_set: str
    digest: str
    folder: "tempfile.TemporaryDirectory[str]" = field(repr=False)

    @staticmethod
    def of(given: Sequence[tuple[str, bytes]], data_set: str) -> "Upload":
        """Keep files by name and content.

        Raises
        ------
        WrongUse
            When there is none, they are too large together, or two have one name.
        """
        if not given:
            raise WrongUse(_("Choose a workbook or CSV files first."))
        size = sum(len(content) for _name, content in given)
        if size > LARGEST * _MEGABYTE:
            raise WrongUse(
                _("These files have {size} MB together; {most} MB may be uploaded. Use graph-loader load.").format(
                    size=number(size / _MEGABYTE), most=number(LARGEST)
                )
            )
        names = [_safe_name(name) for name, _content in given]
        if len({name.casefold() for name in names}) < len(names):
            raise WrongUse(_("Two of the files have the same name."))
        folder = tempfile.TemporaryDirectory(prefix="upload-")  # for this user only; goes with this object
        files = tuple(Path(folder.name) / name for name in names)
        for file, (_name, content) in zip(files, given, strict=True):
            file.write_bytes(content)
        return Upload(files, data_set.strip(), _digest(files), folder)

    def plan(self) -> Later[Planned]:
        """Check and plan, beside the page; writes nothing."""
        return Later(self._plan, _LINE)

    def load(self, planned: Planned) -> Later[Done]:
        """Load exactly what was planned, on the version of the graph that it was planned on."""
        return Later(lambda: self._load(planned), _LINE)

    @property
    def marked_as(self) -> str:
        """Name of the file with what is marked: a workbook, or a package of several."""
        books = sum(file.suffix.lower() in (".xlsx", ".ods") for file in self.files)
        return "marked.xlsx" if books + (books < len(self.files)) == 1 else "marked.zip"

    def marked(self) -> bytes:
        """The workbook, or workbooks, with their faults and doubts marked.

        Raises
        ------
        WrongUse
            When no table could be read, so that there is no cell to mark.
        """
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "marked"
            _report, marked = api.annotate(list(self.files), out, graph.store(), self.data_set)
            if not marked.files:
                raise WrongUse(" ".join(marked.told))
            if self.marked_as.endswith(".xlsx"):
                return marked.files[0].read_bytes()
            held = BytesIO()
            with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
                for file in marked.files:
                    package.write(file, file.name)
            return held.getvalue()

    def remove(self) -> None:
        """Take the files away."""
        self.folder.cleanup()

    def _plan(self) -> Planned:
        # The version before the plan: where it moves meanwhile, the load is refused, and never the other way round.
        version = api.settled(graph.store()).version
        return _told(api.plan(list(self.files), graph.store(), self.data_set), version)

    def _load(self, planned: Planned) -> Done:
        if _digest(self.files) != self.digest:
            raise WrongUse(_("The uploaded files are no longer what was checked. Upload them again."))
        with open_store(WRITER) as writer:
            report = api.load(list(self.files), self.data_set, writer, by="app", expected=planned.version)
        counts = _counts(report)
        refused = grouped(report.report.faults)
        return Done(
            report.version if not refused else "",
            report.report.data_set,
            planned.name,
            report.unchanged,
            counts,
            refused,
        )


def undo(done: Done) -> Later[Done]:
    """Take a load back, if no other run has come after it."""
    return Later(lambda: _undo(done), _LINE)


def _undo(done: Done) -> Done:
    with open_store(WRITER) as writer:
        report = api.undo(writer, done.data_set, expected=done.run, by="app")
    refused = grouped(report.faults)
    return Done("", done.data_set, done.name, False, _counts(report), refused, gone=not report.back_to)


def _told(found: PlanReport, version: str) -> Planned:
    report, plan = found.report, found.plan
    named: list[tuple[str, str]] = []
    if plan:
        for sort, elements, held in (
            ("added", plan.added, plan.after),
            ("changed", tuple(plan.changed), plan.after),
            ("removed", plan.removed, plan.before),
        ):
            nodes = [element for element in elements if isinstance(element, NodeKey)]
            named += [(sort, str(held.nodes[node].get("name", node.id))) for node in nodes[:_NAMED]]
    return Planned(
        data_set=report.data_set,
        name=_name(found),
        rows=sum(report.rows.values()),
        tables=len(report.rows),
        faults=grouped(report.faults),
        doubts=grouped(report.doubts),
        notes=report.notes,
        counts=_counts(found),
        named=tuple(named),
        version=version,
        passed=report.passed,
    )


def _name(found: PlanReport) -> str:
    data_set = found.report.data_set
    known = found.plan.after.nodes.get(NodeKey("DataSet", data_set), {}) if found.plan else {}
    return str(known.get("name", data_set))


def _counts(found: PlanReport | LoadReport | ChangeReport) -> dict[str, Counts]:
    return found.plan.counts() if found.plan else {}


def _safe_name(name: str) -> str:
    """The last part of a name, whatever path it came with."""
    last = PurePath(name.replace("\\", "/")).name.strip().lstrip(".")
    if not last or "\x00" in last or last.rpartition(".")[2].casefold() not in KINDS:
        raise WrongUse(_("{name} is neither a workbook nor a CSV file.").format(name=name or "?"))
    return last


def _digest(files: Sequence[Path]) -> str:
    """A fingerprint of names and contents."""
    found = hashlib.sha256()
    for file in files:
        found.update(repr((file.name, hashlib.sha256(file.read_bytes()).hexdigest())).encode())
    return found.hexdigest()
