"""The graph against its tables, and out again, as text."""

from collections.abc import Iterator

from languages.words import N_, _, ngettext, number

from ..history.exporting import ExportReport
from ..history.findings import Finding, Verification, Wrong
from .lines import section
from .naming import heading, is_thing, kind_of_thing, kinds, things_and_links, value_in_words, verb

_TITLES = (
    (Wrong.TABLES, N_("Kept tables that cannot be read; load their files again")),
    (Wrong.CONSTRAINT, N_("Rules that the graph engine keeps")),
    (Wrong.MISSING, N_("Missing: the tables say it, the graph has it not")),
    (Wrong.EXTRA, N_("Too much: in the graph, said by no table")),
    (Wrong.TWICE, N_("Twice in the graph")),
    (Wrong.DIFFERS, N_("Different from what the tables say")),
    (Wrong.OUTSIDE, N_("Not part of the model (left alone without --all)")),
)


def verification_text(found: Verification) -> list[str]:
    """What a verification found and what became of it."""
    looked = _("{what} compared with the tables of version {version}.").format(
        what=things_and_links(found.nodes, found.relationships) or _("An empty graph"), version=found.version
    )
    lines = [looked] if found.compared else []
    for wrong, title in _TITLES:
        lines += section(_(title), (_finding(item) for item in found.findings if item.wrong is wrong))
    return [*lines, "", *_outcome(found)]


def _outcome(found: Verification) -> Iterator[str]:
    wrong = [item for item in found.findings if item.wrong is not Wrong.OUTSIDE]
    broken = sum(item.wrong is Wrong.TABLES for item in wrong)
    if not found.compared:
        yield _("The graph could not be compared: tables that it is made from cannot be read.")
    elif not wrong:
        yield _("The graph is what its tables say.")
    elif found.mended and broken == len(wrong):
        yield _("There was nothing to mend in the graph.")
    elif found.mended:
        yield _("Mended: the graph is again what its tables say.")
    else:
        count = ngettext("{count} difference.", "{count} differences.", len(wrong) - broken)
        yield f"{count} {_('`graph-loader verify --mend` makes the graph what its tables say.')}"


def _finding(item: Finding) -> str:
    if item.wrong is Wrong.TABLES:
        return _("load {load} of data set {data_set}").format(load=item.what, data_set=item.id)
    if item.wrong is Wrong.CONSTRAINT:
        return _constraint(item)
    if item.wrong is Wrong.OUTSIDE:
        return f"{item.what or _('without a label')}: {number(item.count)}"
    is_link = item.start or item.end
    name = f"{item.start} {verb(item.what)} {item.end}" if is_link else f"{kind_of_thing(item.what)} {item.id}".rstrip()
    if item.wrong is not Wrong.DIFFERS:
        return name
    found, expected = (value_in_words(item.what, item.property, value) for value in (item.found, item.expected))
    return _("{element}: {property} is {found} and should be {expected}").format(
        element=name, property=heading(item.what, item.property), found=found, expected=expected
    )


def _constraint(item: Finding) -> str:
    about = kinds(item.id) if is_thing(item.id) else _("the loader's own records")
    if not item.expected:
        words = _("{about}: a rule that is none of this program's ({name})")
    elif item.expected == ["id"]:
        words = _("{about}: the rule that no two share an id is missing ({name})")
    else:
        words = _("{about}: what makes them quick to find is missing ({name})")
    return words.format(about=about, name=item.what)


def export_text(report: ExportReport) -> list[str]:
    """What was written, and how it loads again."""
    rows = {one.id: sum(one.rows.values()) for one in report.data_sets}
    lines = [
        _("Data set {data_set}: {rows} rows in {name}").format(
            data_set=one.id, rows=number(rows[one.id]), name=report.path / one.name
        )
        for one in report.data_sets
    ]
    again = _("Loads again, all at once: graph-loader load {path}").format(path=report.path)
    tables = _(
        "These are the tables as loaded; `graph-loader verify` tells whether the graph was changed by other means."
    )
    return [*lines, "", again, tables]
