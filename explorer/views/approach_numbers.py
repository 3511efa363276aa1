"""The numbers of an approach: its curve, the way from seeing it to taking it over, and what became of its elements."""

from collections.abc import Collection
from typing import Any

from explorer import links
from explorer.analysis.records import Record, records
from explorer.analysis.spread import ladder, odds
from explorer.analysis.spread.outcomes import OUTCOMES
from explorer.data import story as more
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures import to_save
from explorer.pictures.curves import adoption_curve
from explorer.pictures.html import Column, Html, items, join, link, table, tag
from languages.words import N_, _, ngettext, number, share

from . import frame
from .approach_looks import TAKEN
from .approach_scene import name_of

WENT_ON = ("taken over", "reported", "adapting", "considering")
TOOK = ("taken over", "reported")
ASIDE = ("order unknown", "impossible", "dropped", "before", "nothing")
FEW = 10  # under so many a percentage says more than is known

FATES = {
    "kept": ("✓", N_("kept")),
    "changed": ("≈", N_("changed")),
    "dropped": ("✕", N_("left out")),
    "contradicted": ("!", N_("said in two ways")),
    "not said": ("", N_("not said")),
}


def curve(story: Story) -> None:
    """How many regions had taken it over by each year."""
    if len(story.curve) < 2:
        return
    words = (_("Regions that had taken it over"), _("New in the year"))
    frame.show(tag("h2", _("Over the years")))
    title = _("Curve of the regions that had taken it over by year; the table beneath holds the same.")
    frame.drawing(adoption_curve(story.curve, words, title=title))
    rows = [
        {"year": str(row["year"]), "new": int(row["new"]), "total": int(row["total"])} for row in records(story.curve)
    ]
    columns = [
        Column("year", _("Year")),
        Column("new", _("New in the year"), numeric=True),
        Column("total", _("By the end of it"), numeric=True),
    ]
    shown = table(rows, columns, _("Regions that had taken it over, by year"))
    frame.show(tag("details", join([tag("summary", _("The same as a table")), shown])))
    if story.undated:
        left = ngettext(
            "{count} taking-over of unknown date is left out.",
            "{count} takings-over of unknown date are left out.",
            story.undated,
        )
        frame.show(tag("p", left, class_="quiet"))


def funnel(story: Story, known: Learning) -> Html:
    """From showing it to taking it over: each number with what it is of, and the names behind it."""
    visits, presented = more.shown_at(story)
    heading = tag("h2", _("From seeing it to taking it over"))
    if not visits:
        return join([heading, tag("p", _("No visit about it is on record."), class_="none")])
    approach = str(story.facts["id"])
    shown = ngettext("Shown at {count} visit", "Shown at {count} visits", visits)
    if presented:
        shown += " " + _("({count} of them as a case presented)").format(count=number(presented))
    first = tag("p", join([link(shown, links.rows("visits_about", approach=approach)), "."]))
    came = known.pairs
    if not came:
        return join([heading, first, tag("p", _("Which regions came is not on record."), class_="none")])
    bars = items((_bar(words, rows, len(came)) for words, rows in _steps(came)), "funnel")
    return join([heading, first, bars, others_that_came(came), without_visit(story, known)])


def funnel_drawing(known: Learning) -> Html:
    """The same steps as a picture to save; nothing where it is not known which regions came."""
    came = known.pairs
    return to_save.funnel_drawing([(words, len(rows) / len(came)) for words, rows in _steps(came)] if came else [])


def _steps(came: list[Record]) -> list[tuple[str, list[Record]]]:
    """The steps from seeing it to taking it over, each in words and with the regions that went so far."""
    on, took = _of(came, WENT_ON), _of(came, TOOK)
    return [
        (ngettext("{count} region came to see it", "{count} regions came to see it", len(came)), came),
        (_went(len(on), len(came), _("considered it, adapted it or took it over")), on),
        (_went(len(took), len(came), _("took it over after coming")), took),
    ]


def elements(known: Learning) -> Html:
    """Which of its elements each region kept, changed or left out."""
    if not known.elements:
        return Html("")
    heading = tag("h2", _("Its elements, and what became of them"))
    told = known.fidelity[known.fidelity["said"] > 0] if len(known.fidelity) else known.fidelity
    if told.empty:
        names = items(known.elements.values(), "plain")
        note = tag(
            "p", _("No region that took it over says which of them it kept, changed or left out."), class_="quiet"
        )
        return join([heading, names, note])
    shown = _element_table(known)
    return join([heading, _element_words(known), shown, frame.explained(_measures(("fidelity",)))])


def _measures(codes: Collection[str]) -> list[Any]:
    return [item for item in (*ladder.MEASURES, *odds.MEASURES) if item.code in codes]


def about_odds(known: Learning) -> Html:
    """What the parts in ten mean, where the page speaks of them."""
    spoken = any(learner.odds == learner.odds for learner in known.tree.learners)
    return frame.explained(_measures(("odds",)), _("What “parts in 10” means")) if spoken else Html("")


def _of(pairs: list[Record], outcomes: Collection[str]) -> list[Record]:
    return [row for row in pairs if row["outcome"] in outcomes]


def _went(part: int, whole: int, what: str) -> str:
    if whole >= FEW:
        return _("{part} of these {whole} ({share}) {what}").format(
            part=number(part), whole=number(whole), share=share(part, whole), what=what
        )
    return _("{part} of these {whole} {what}").format(part=number(part), whole=number(whole), what=what)


def _bar(words: str, rows: list[Record], of: int) -> Html:
    wide = round(100 * len(rows) / of) if of else 0
    track = tag("span", tag("span", Html(""), style=f"width:{wide}%"), class_="track", aria_hidden="true")
    if not rows:
        return join([words, track])
    return join([tag("details", join([tag("summary", words), _names(rows)])), track])


def _names(rows: list[Record]) -> Html:
    ordered = sorted(rows, key=lambda row: str(row["region"]))
    return tag("p", join((link(row["region"], links.profile("Region", row["region_id"])) for row in ordered), ", "))


def others_that_came(pairs: list[Record]) -> Html:
    """What became of the others that came, each sort by itself."""
    parts = []
    for item in OUTCOMES:
        rows = _of(pairs, (item.code,)) if item.code in ASIDE else []
        if rows:
            summary = tag("summary", f"{_(item.title)}: {number(len(rows))}")
            parts.append(tag("details", join([summary, tag("p", _(item.explained), class_="quiet"), _names(rows)])))
    return join([tag("p", _("The others that came:"), class_="quiet"), *parts]) if parts else Html("")


def without_visit(story: Story, known: Learning) -> Html:
    """Regions that took it over and are not among those that came."""
    came = {row["region_id"] for row in known.pairs}
    rest = [item for item in story.regions if item.standing in TAKEN and item.region_id not in came]
    if not rest:
        return Html("")
    words = ngettext(
        "{count} more region took it over; nobody of its own is on record as having come.",
        "{count} more regions took it over; nobody of their own is on record as having come.",
        len(rest),
    )
    rows = [{"region": item.region, "region_id": item.region_id} for item in rest]
    return tag("details", join([tag("summary", words), _names(rows)]))


def _element_words(known: Learning) -> Html:
    said = []
    for row in records(known.fidelity[known.fidelity["said"] > 0].sort_values("said", ascending=False)):
        name = known.elements.get(str(row["element_id"]), str(row["element_id"]))
        said.append(
            _("“{name}”: kept by {part} of the {whole} regions that say what they did with it").format(
                name=name, part=number(row["kept"]), whole=number(row["said"])
            )
        )
    return items(said, "plain")


def _element_table(known: Learning) -> Html:
    """Element by region, regions in order of time; beside each fate what the region learnt from had done with it."""
    passed = known.passed
    fates = {(str(r), str(e)): (f, b) for r, e, f, b in zip(
        passed["region_id"], passed["element_id"], passed["fate"], passed["parent_fate"], strict=True
    )}  # fmt: skip
    regions = [learner.region for learner in known.tree.learners]
    telling = [r for r in regions if any(fates[r, e][0] != "not said" for e in known.elements)]
    rows = []
    for region in telling:
        row: dict[str, object] = {"region": link(name_of(region), links.profile("Region", region))}
        for element in known.elements:
            fate, before = fates[region, element]
            sign, words = FATES[fate]
            cell = f"{sign} {_(words)}".strip()
            note = tag("div", _("left out before it came here"), class_="quiet") if before == "dropped" else ""
            row[element] = join([tag("span", cell, class_=None if sign else "none"), note])
        rows.append(row)
    columns = [Column("region", _("Region")), *(Column(element, name) for element, name in known.elements.items())]
    silent = len(regions) - len(telling)
    note = ngettext(
        "{count} region that took it over says nothing of them.",
        "{count} regions that took it over say nothing of them.",
        silent,
    )
    shown = table(rows, columns, _("What each region did with each element"))
    return join([shown, tag("p", note, class_="quiet") if silent else ""])
