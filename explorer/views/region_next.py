"""Whom a region could visit next, with reasons; shown only where such advice held on past days."""

from typing import Any

from explorer.analysis.advice.backtest import BASELINES, CHANCE, OURS, BackTest
from explorer.analysis.advice.recommend import Recommendation
from explorer.analysis.records import records
from explorer.data import regions
from explorer.data.profiles import Profile
from explorer.data.regions import Advice
from explorer.pictures.html import Column, Html, items, join, sentence, table, tag
from languages.words import _, in_words, listing, ngettext, number, share

from . import frame
from .region_place import points_elsewhere
from .region_words import approach_link, region_link
from .waiting import when_ready

REASONS_SHOWN = 4


def render(node: Profile) -> None:
    """Draw the advice, or why there is none."""
    frame.show(tag("h2", _("Whom to visit next")))
    when_ready(
        f"next-{node.id}",
        regions.next_visits(node.id),
        lambda found: frame.show(advice(node, found)),
        _("Being worked out, and tried on past years: this can take some seconds …"),
    )


def advice(node: Profile, found: Advice) -> Html:
    """Whom to visit next, or why nobody is named."""
    test = found.test
    verdict = tag("p", _(test.verdict.reason))
    if not test.verdict.may_show:
        said = [_("So no region is named here.")]
        if points_elsewhere(node):
            said.append(_("The themes above say which approaches are in use elsewhere."))
        plain = tag("p", " ".join(said), class_="quiet")
        return join([verdict, plain, _figures(test)])
    if node.id not in found.advised:
        return join([verdict, _others(found), _figures(test)])
    if not found.found:
        nothing = _("Nothing to advise: it has seen, or uses, all that is in use elsewhere.")
        return join([verdict, tag("p", nothing, class_="none"), _figures(test)])
    shown = [_recommended(item) for item in found.found]
    warning = tag("p", _("Advice from past patterns: it knows nothing of what is not on record."), class_="quiet")
    return join([verdict, items(shown, ordered=True), warning, _figures(test)])


def _others(found: Advice) -> Html:
    if not found.advised:
        return tag("p", _("For this region there is no advice: nothing that it took over or went to see is on record."))
    within = join(map(region_link, found.advised), ", ")
    words = _("Approaches are taken over by regions within it; each has advice of its own: {regions}.")
    return tag("p", sentence(words, regions=within))


def _recommended(item: Recommendation) -> Html:
    head = sentence(
        _("{host}, to see {approach}"), host=tag("b", region_link(item.host)), approach=approach_link(item.approach)
    )
    reasons = [
        _(reason.sentence).format(**{key: _written(key, value) for key, value in reason.values.items()})
        for reason in item.reasons[:REASONS_SHOWN]
    ]
    others = (
        sentence(_("Also in use in {regions}"), regions=join(map(region_link, item.others[:4]), ", "))
        if item.others
        else ""
    )
    return join([head, items(reasons, "plain"), tag("p", others, class_="quiet") if others else ""])


def _written(key: str, value: str | int) -> str:
    return number(value) if isinstance(value, int) and key != "year" else str(value)


def _figures(test: BackTest) -> Html:
    """The honest figures: what came true on past days, beside simple guesses."""
    if not test.days:
        return Html("")
    summary = tag("summary", _("How it fared on past days"))
    days = listing([in_words(day.isoformat()) for day in test.days])
    said = _(
        "On {days}, told only what was known then, {k} approaches were recommended to each of {regions}. "
        "Within {months} months, {happened} takings-over happened among those that could be recommended."
    ).format(
        days=days,
        k=number(test.k),
        regions=ngettext("{count} region", "{count} regions", test.regions),
        months=number(test.months),
        happened=number(test.happened),
    )
    rows = [_figure(row) for row in records(test.table)]
    columns = [
        Column("method", _("Recommended were")),
        Column("hits", _("Came true"), numeric=True),
        Column("of", _("Of those that happened"), numeric=True),
        Column("times", _("Ours for each of its"), numeric=True),
    ]
    for row in rows:
        row["of"] = share(row["hits"], test.happened)
        row["hits"] = number(row["hits"], 1)
    unclear = (
        ngettext(
            "{count} taking-over is left out: its date leaves open when it was.",
            "{count} takings-over are left out: their dates leave open when they were.",
            test.unclear,
        )
        if test.unclear
        else ""
    )
    parts = [
        summary,
        tag("p", said),
        table(rows, columns, _("How it fared on past days")),
        tag("p", unclear, class_="quiet"),
    ]
    return tag("details", join(parts))


def _figure(row: dict[str, Any]) -> dict[str, Any]:
    names = {OURS: _("What this page would have recommended"), CHANCE: _("Approaches drawn by lot")}
    names |= {code: _(words) for code, words in BASELINES.items()}
    times = ""
    if row["method"] != OURS and row["times"] is not None:
        ends = [
            number(row[end], 1) if row[end] not in (None, float("inf")) else "∞" for end in ("times_low", "times_high")
        ]
        times = _("{times} ({low} to {high})").format(times=number(row["times"], 1), low=ends[0], high=ends[1])
    return {"method": names[row["method"]], "hits": row["hits"], "times": times}
