"""Where a region stands: early or late, between others, which themes of its plans lack an approach; and its parts."""

from explorer import links
from explorer.analysis.advice import backtest, recommend
from explorer.analysis.diffusion import brokerage, classes
from explorer.analysis.spread import accounts, reach
from explorer.analysis.spread.accounts import Account, Passed
from explorer.analysis.spread.between import Between
from explorer.data import network, regions
from explorer.data.profiles import Profile
from explorer.data.regions import Gap
from explorer.pictures.html import Html, items, join, link, sentence, tag
from graph_store import schema
from languages.words import N_, _, listing, ngettext, number

from . import frame, region_counts
from .region_words import region_link, region_name
from .waiting import when_ready

LISTED = 6  # names in a sentence before the rest is counted
ROLES = {
    "coordinator": N_("between regions of its own country"),
    "gatekeeper": N_("from another country into its own"),
    "representative": N_("from its own country to another"),
    "itinerant": N_("between two regions of one other country"),
    "liaison": N_("between regions of two other countries"),
}
EARLY = ("early adopter", "early majority")  # before the mean
CLASSES = (*EARLY, "late majority", "laggard")
COMPARED = 10  # regions with a date, below which early and late say little
MOST_PARTS = 12  # regions in it that are listed before the rest is folded away


def render(node: Profile, own: Account) -> None:
    """Where it stands in time, and between others; nothing where there is nothing to say."""
    if own.empty:
        return
    if not own.met:
        frame.show(_section([in_time(own)]))
        return
    when_ready(
        f"between-{node.id}",
        regions.stands_between(node.id),
        lambda found: frame.show(_section([in_time(own), between(node.name, found)])),
        _("Whether others depend on it is being worked out …"),
        patience=0.15,
    )


def _section(told: list[Html]) -> Html:
    return join([tag("h2", _("Where it stands")), *told]) if any(told) else Html("")


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


def class_of(item: Passed) -> tuple[str, int] | None:
    """Early or late (a code of `CLASSES`), and of how many regions with a date; None where that cannot be compared."""
    code, of = regions.early_or_late().get((item.approach, item.learner), ("", 0))
    return (code, of) if code in CLASSES and of >= COMPARED else None


def compared(own: Account) -> list[tuple[str, int]]:
    """What `class_of` says of each taking-over from elsewhere that can be compared."""
    found = (class_of(item) for item in own.taken)
    return [known for known in found if known is not None]


def parts(node: Profile) -> Html:
    """The regions that lie in it: those directly, each with how many more lie in that one."""
    land = network.territories()
    below = {str(row["other_id"]): row["properties"] for row in node.around("PART_OF", outgoing=False)}
    if not below:
        return Html("")
    entries = []
    for region in sorted(below, key=region_name):
        deeper = len(land.within(region)) - 1
        more = ngettext("with {count} more in it", "with {count} more in it", deeper) if deeper else ""
        said = "; ".join(part for part in (more, below[region].get(schema.NOTE.name)) if part)
        entries.append(join([region_link(region), " ", tag("span", said, class_="quiet") if said else ""]))
    heading = tag("h2", region_counts.parts(len(land.within(node.id)) - 1, len(below)))
    return join([heading, items(entries[:MOST_PARTS], "plain"), _folded(entries[MOST_PARTS:])])


def _folded(rest: list[Html]) -> Html:
    if not rest:
        return Html("")
    summary = tag("summary", _("{count} more").format(count=number(len(rest))))
    return tag("details", join([summary, items(rest, "plain")]))


def points_elsewhere(node: Profile) -> bool:
    """Whether `gaps` names an approach that is in use elsewhere."""
    return any(count for gap in regions.coverage(node.id).gaps for _approach, _name, count in gap.elsewhere)


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
    told = tag("p", _("Approaches about it:"))
    return join([heading, says, told, shown, _folded(entries[LISTED:])])


def in_time(own: Account) -> Html:
    """Whether it was early or late with what it took over, or why that is not said; nothing where it took none over."""
    if not own.taken:
        return Html("")
    found = compared(own)
    if not found:
        words = _(
            "Whether it was early or late is not said: none of what it took over was taken over by {least} regions "
            "or more, on dates that can be compared."
        )
        return tag("p", words.format(least=number(COMPARED)))
    only = _("Compared is only what {least} regions or more took over.").format(least=number(COMPARED))
    return tag("p", _earlier(found) + " " + only)


def _earlier(found: list[tuple[str, int]]) -> str:
    """How many takings-over were early, of those that can be compared."""
    early = sum(code in EARLY for code, _of in found)
    if len(found) == 1:
        words = (
            _(
                "The one taking-over that can be compared came earlier than the average of the {count} regions that "
                "took over the same."
            )
            if early
            else _(
                "The one taking-over that can be compared did not come earlier than the average of the {count} regions "
                "that took over the same."
            )
        )
        return words.format(count=number(found[0][1]))
    if not early:
        words = _(
            "None of the {count} takings-over that can be compared came earlier than the average of the regions that "
            "took over the same."
        )
        return words.format(count=number(len(found)))
    return _(
        "{early} of the {count} takings-over that can be compared came earlier than the average of the regions that "
        "took over the same."
    ).format(early=number(early), count=number(len(found)))


def between(name: str, found: Between) -> Html:
    """What others could have heard of only by way of the region; nothing where it stands between none."""
    told = _only_by_way_of_it(name, found)
    in_terms = [_cut_off_in_terms(found), _roles(found), _ways(found)]
    if not any(in_terms):
        return Html("")
    rests = _("All this rests on {visits} with a date, a host and a guest, between {regions}.").format(
        visits=ngettext("{count} visit", "{count} visits", found.visits), regions=region_counts.regions(found.regions)
    )
    ends = [
        sentence(_("From {start} to {ends}"), start=region_link(start), ends=join(map(region_link, ends), ", "))
        for start, ends in found.lost.items()
    ]
    summary = tag("summary", _("Which regions, and more in terms of networks") if ends else _("In terms of networks"))
    fold = [
        summary,
        items([term for term in [*in_terms, rests] if term], "plain"),
        items(ends, "plain") if ends else "",
    ]
    return join([tag("p", told) if told else "", tag("details", join(fold))])


def _only_by_way_of_it(name: str, found: Between) -> str:
    """What hangs on the region alone, in everyday words."""
    if not found.pairs:
        return ""
    return ngettext(
        "If news passes only at visits, from host to guest, then {count} of the other {all} regions could have heard "
        "from some region only by way of {name}.",
        "If news passes only at visits, from host to guest, then {count} of the other {all} regions could have heard "
        "from some region only by way of {name}.",
        len(found.cut_off),
    ).format(name=name, all=number(found.regions - 1))


def _cut_off_in_terms(found: Between) -> str:
    if not found.pairs:
        return ""
    return ngettext(
        "Of {all} pairs of others that visits in order of time tie, {count} is tied only through it.",
        "Of {all} pairs of others that visits in order of time tie, {count} are tied only through it.",
        found.pairs,
    ).format(all=number(found.routes))


def _roles(found: Between) -> str:
    """How often it stood between two others as a broker, and in which roles."""
    counts = {_(words): found.roles[code] for code, words in ROLES.items() if found.roles.get(code)}
    if not counts:
        return ""
    text = ngettext(
        "{count} time it stood in between: it visited a region, and another that never visited that one visited it",
        "{count} times it stood in between: it visited a region, and another that never visited that one visited it",
        found.roles["total"],
    )
    told = [f"{words} ({number(count)})" for words, count in counts.items()]
    return text + ", " + (listing(told) if len(told) > 1 else next(iter(counts))) + "."


def _ways(found: Between) -> str:
    """How many regions lie more between others; nothing where no shortest way runs through it."""
    if found.more is None:
        return ""
    if not found.more:
        return _("No region lies on more of the shortest ways between others.")
    return ngettext(
        "{count} region lies on more of the shortest ways between others.",
        "{count} regions lie on more of the shortest ways between others.",
        found.more,
    )
