"""Where a region stands: early or late, between others, and which themes of its plans lack an approach."""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from explorer import links
from explorer.analysis.advice import backtest, recommend
from explorer.analysis.diffusion import brokerage, classes
from explorer.analysis.spread import accounts, reach
from explorer.analysis.spread.accounts import Account
from explorer.analysis.spread.between import Between
from explorer.data import regions
from explorer.data.later import Later
from explorer.data.profiles import Profile
from explorer.data.regions import Gap
from explorer.pictures.html import Html, items, join, link, sentence, tag
from languages.words import N_, _, listing, ngettext, number

from . import frame
from .region_words import region_link

T = TypeVar("T")

LISTED = 6  # names in a sentence before the rest is counted
ROLES = {
    "coordinator": N_("between regions of its own country"),
    "gatekeeper": N_("from another country into its own"),
    "representative": N_("from its own country to another"),
    "itinerant": N_("between two regions of one other country"),
    "liaison": N_("between regions of two other countries"),
}
CLASSES = ("early adopter", "early majority", "late majority", "laggard")


def render(node: Profile, own: Account) -> None:
    """Where it stands in time, and between others."""
    if own.empty:
        return
    frame.show(tag("h2", _("Where it stands")))
    frame.show(_in_time(own))
    if own.met:
        when_ready(
            f"between-{node.id}",
            regions.stands_between(node.id),
            lambda found: frame.show(_between(node.name, found)),
            _("Whether others depend on it is being worked out …"),
            patience=0.15,
        )


def when_ready(key: str, pending: Later[T], draw: Callable[[T], None], waiting: str, *, patience: float = 0.0) -> None:
    """Draw an answer that may take seconds: at once where it is there, else as soon as it is."""
    if pending.ready(patience):
        draw(pending.answer())
        return

    @st.fragment(run_every=1.5, key=key)
    def wait() -> None:
        if pending.ready():
            st.rerun()
        frame.show(tag("p", waiting, class_="quiet", role="status"))

    wait()


def terms() -> Html:
    """The terms of this page, with their definitions."""
    wanted = {"took_of_seen", "middle_lag", "adopter_class", "brokerage", "fragile", "whom_to_visit", "hits", "times"}
    every = (
        *accounts.MEASURES,
        *classes.MEASURES,
        *reach.MEASURES,
        *brokerage.MEASURES,
        *recommend.MEASURES,
        *backtest.MEASURES,
    )
    return frame.explained([item for item in every if item.code in wanted])


def class_title(code: str) -> str:
    """Title of a class of adopters by time."""
    return _(classes.time_class(code).title)


def gaps(node: Profile) -> Html:
    """Themes of its plans that no approach in use there is about, and approaches elsewhere that are."""
    found = regions.coverage(node.id)
    if not found.plans:
        return Html("")
    plans = ngettext("{count} plan", "{count} plans", found.plans)
    if not found.themes:
        return join(
            [
                tag("h2", _("Themes of its plans")),
                tag("p", _("No theme is on record for its plans ({plans}).").format(plans=plans), class_="none"),
            ]
        )
    title = _("Themes of its plans without an approach in use there: {gaps} of {themes}").format(
        gaps=number(len(found.gaps)), themes=number(found.themes)
    )
    rule = _(
        "In use are approaches that began there, or were taken over and not stopped. {plans} on record; "
        "a project of its own may well be about the theme."
    ).format(plans=plans)
    parts = [tag("h2", title), tag("p", rule, class_="quiet")]
    if not found.gaps:
        parts.append(tag("p", _("Each theme that its plans name has an approach in use there.")))
    parts += [_gap(gap) for gap in found.gaps]
    return join(parts)


def _gap(gap: Gap) -> Html:
    heading = tag("h3", link(gap.name, links.profile("Theme", gap.theme)))
    named = join((link(name, links.profile("Plan", plan)) for plan, name in gap.plans), ", ")
    says = tag("p", sentence(_("Named in {plans}."), plans=named), class_="quiet")
    if not gap.elsewhere:
        nothing = _("No approach on record is about this theme, so there is nothing to point to.")
        return join([heading, says, tag("p", nothing, class_="none")])
    entries = [
        sentence(
            _("{approach}: in use in {regions}"),
            approach=link(name, links.profile("Approach", approach)),
            regions=ngettext("{count} region", "{count} regions", count),
        )
        if count
        else sentence(_("{approach}: not known to be in use"), approach=link(name, links.profile("Approach", approach)))
        for approach, name, count in gap.elsewhere
    ]
    shown = items(entries[:LISTED], "plain")
    rest = entries[LISTED:]
    more = tag(
        "details", join([tag("summary", _("{count} more").format(count=number(len(rest)))), items(rest, "plain")])
    )
    told = tag("p", _("Approaches about it:"))
    return join([heading, says, told, shown, more if rest else ""])


def _in_time(own: Account) -> Html:
    known = regions.early_or_late()
    found = [known[item.approach, item.learner] for item in own.taken if (item.approach, item.learner) in known]
    counts = Counter(code for code, _of in found)
    told = [f"{class_title(code)}: {number(counts[code])}" for code in CLASSES if counts[code]]
    if not own.taken:
        return tag("p", _("It took nothing over from elsewhere, so it is neither early nor late."))
    if not told:
        return tag(
            "p", _("Whether it is early or late cannot be told: too few others took over the same, or dates lack.")
        )
    sure = sum(counts[code] for code in CLASSES)
    text = ngettext(
        "In time, beside others that took over the same ({count} taking-over that can be compared): {classes}.",
        "In time, beside others that took over the same ({count} takings-over that can be compared): {classes}.",
        sure,
    ).format(classes="; ".join(told))
    few = " " + _("With so few regions each, one more would change that.") if max(of for _c, of in found) < 10 else ""
    return tag("p", text + few)


def _between(name: str, found: Between) -> Html:
    rests = _("All this rests on {visits} with a date, a host and a guest, between {regions}.").format(
        visits=ngettext("{count} visit", "{count} visits", found.visits),
        regions=ngettext("{count} region", "{count} regions", found.regions),
    )
    parts = [tag("p", _without_it(name, found)), _who_is_cut_off(found), tag("p", _roles(name, found))]
    parts += [tag("p", _ways(found) + " " + rests, class_="quiet")]
    return join(parts)


def _without_it(name: str, found: Between) -> str:
    """What hangs on the region alone."""
    if not found.pairs:
        return _(
            "Others do not depend on {name}: each region that visits in order of time could reach, "
            "they reach without it, too."
        ).format(name=name)
    return ngettext(
        "Without {name}, {count} region could not have been reached in time from some other: "
        "the only visits in the right order run through it.",
        "Without {name}, {count} regions could not have been reached in time from some other: "
        "the only visits in the right order run through it.",
        len(found.cut_off),
    ).format(name=name)


def _who_is_cut_off(found: Between) -> Html:
    if not found.lost:
        return Html("")
    entries = [
        sentence(_("From {start} to {ends}"), start=region_link(start), ends=join(map(region_link, ends), ", "))
        for start, ends in found.lost.items()
    ]
    pairs = ngettext("{count} way of {all}", "{count} ways of {all}", found.pairs).format(all=number(found.routes))
    return tag("details", join([tag("summary", _("Which: {pairs}").format(pairs=pairs)), items(entries, "plain")]))


def _roles(name: str, found: Between) -> str:
    counts = {_(words): found.roles[code] for code, words in ROLES.items() if found.roles.get(code)}
    if not counts:
        return _("{name} did not stand between two regions that never visited each other.").format(name=name)
    text = ngettext(
        "{count} time it stood in between: it visited a region, and another that never visited that one visited it",
        "{count} times it stood in between: it visited a region, and another that never visited that one visited it",
        found.roles["total"],
    )
    told = [f"{words} ({number(count)})" for words, count in counts.items()]
    return text + ", " + (listing(told) if len(told) > 1 else next(iter(counts))) + "."


def _ways(found: Between) -> str:
    if found.more is None:
        return _("No shortest way between two other regions runs through it.")
    if not found.more:
        return _("No region lies on more of the shortest ways between others.")
    return ngettext(
        "{count} region lies on more of the shortest ways between others.",
        "{count} regions lie on more of the shortest ways between others.",
        found.more,
    )
