"""What came of a meeting, in words: the same on the page of meetings and on a meeting's own."""

from collections.abc import Iterable

from explorer import links
from explorer.data.meeting_outcomes import CameOf
from explorer.data.meetings import TOOK, Meeting
from explorer.pictures.html import Html, items, join, link, sentence, tag
from languages.words import N_, _, in_words, ngettext

LINES = {
    "stated": ("──", N_("a source credits this meeting in words")),
    "consistent": ("─ ─", N_("came to the meeting before; no more is claimed")),
}
"""Evidence of a taking-over after a meeting: its line, and its words."""

WIDE = 24  # months from which the time is told in years
FEW_SUBJECTS = 3
FEW = 6  # names that are told before the rest is folded away


def came_of(held: Meeting) -> Html:
    """What came of a meeting, furthest first, region by region; or why nothing can be said."""
    if not held.came_of:
        return tag("span", why_silent(held), class_="none")
    approaches = list(dict.fromkeys((item.approach_id, item.approach) for item in held.came_of))
    if len(approaches) == 1:
        return _lines(held.came_of)
    parts = []
    for approach, name in approaches:
        own = [item for item in held.came_of if item.approach_id == approach]
        parts.append(tag("div", join([link(name, links.profile("Approach", approach)), ":"])))
        parts.append(_lines(own))
    return join(parts)


def lines_told(held: Iterable[Meeting]) -> Html:
    """What the lines before a taking-over mean, of those that occur."""
    items_ = [item for one in held for item in one.came_of if item.outcome == "taken over"]
    present = {_grade(item) for item in items_ if item.certain or item.stated}
    entries = [join([_sign(code), " ", _(LINES[code][1])]) for code in LINES if code in present]
    return items(entries, "legend") if entries else Html("")


def bodies(present: Iterable[dict[str, object]]) -> Html:
    """Bodies as links, the first few in sight."""
    names = [link(body["name"], links.profile(str(body["label"]), str(body["id"]))) for body in present]
    return folded(names)


def subjects(held: Meeting) -> Html:
    """What a meeting was about, each a link, the first few in sight."""
    parts = [link(name, links.profile("Approach", node)) for node, name in held.about]
    parts += [link(name, links.profile("Project", node)) for node, name in held.subjects]
    if len(parts) < 2:
        return join(parts)
    shown = items(parts[:FEW_SUBJECTS], "plain")
    rest = parts[FEW_SUBJECTS:]
    if not rest:
        return shown
    more = ngettext("and {count} more", "and {count} more", len(rest))
    return join([shown, tag("details", join([tag("summary", more), items(rest, "plain")]))])


def _lines(came: Iterable[CameOf]) -> Html:
    """A line for each taking-over; the regions of every other outcome together."""
    every = list(came)
    lines = [told(item) for item in every if item.outcome in TOOK or item.outcome in TOLD_EACH]
    for code, words in _TOGETHER.items():
        own = [item for item in every if item.outcome == code]
        if own:
            names = [_region(item) for item in own]
            lines.append(sentence(_(words), regions=folded(names)))
    return items(lines, "plain")


TOLD_EACH = ("order unknown", "impossible", "dropped")
_TOGETHER = {
    "adapting": N_("Is adapting it: {regions}"),
    "considering": N_("Considers it: {regions}"),
    "before": N_("Was interested before, nothing since: {regions}"),
    "nothing": N_("Nothing on record: {regions}"),
}


def told(item: CameOf) -> Html:
    """What came of a meeting for one region, where there is more to tell than the name of the outcome."""
    region, on = _region(item), in_words(item.on)
    if item.outcome == "taken over":
        sign = _sign(_grade(item)) if item.certain or item.stated else ""
        return join([sign, " " if sign else "", sentence(_took(item), region=region, on=on)])
    if item.outcome == "reported":
        return sentence(_("{region} says that it took it over; no step is on record"), region=region)
    if item.outcome == "dropped":
        words = _("{region} decided against it, or stopped ({on})") if item.on else _("{region} decided against it")
        return join([sentence(words, region=region, on=on), f": {item.why}" if item.why else ""])
    if item.outcome == "order unknown":
        return sentence(
            _("{region} took it over; a date is missing, so nobody can tell which came first"), region=region
        )
    if item.months < 0:
        words = _("{region} had taken it over before ({on}), so not from this visit")
    else:
        words = _("{region} took it over ({on}), but the host is not on record as having it then")
    return sentence(words, region=region, on=on)


def _took(item: CameOf) -> str:
    """The sentence on a taking-over: how long after, where the dates tell."""
    if not item.certain:
        return _("{region} took it over ({on}); the dates leave open which came first")
    months = round(item.months) if item.months == item.months else 0
    if months < 1:
        return _("{region} took it over soon after ({on})")
    if months < WIDE:
        after = ngettext("about {count} month after", "about {count} months after", months)
    else:
        after = ngettext("about {count} year after", "about {count} years after", round(months / 12))
    return _("{region} took it over {after} ({on})").replace("{after}", after)


def _grade(item: CameOf) -> str:
    return "stated" if item.stated else "consistent"


def _sign(code: str) -> Html:
    line, words = LINES[code]
    return tag("span", line, class_="sign", title=_(words))


def _region(item: CameOf) -> Html:
    return link(item.region, links.profile("Region", item.region_id))


def folded(names: list[Html]) -> Html:
    """Names beside each other, the first few in sight and the rest one click away."""
    if len(names) <= FEW + 1:
        return join(names, ", ")
    more = ngettext("and {count} more", "and {count} more", len(names) - FEW)
    rest = tag("details", join([tag("summary", more), join(names[FEW:], ", ")]))
    return join([join(names[:FEW], ", "), rest])


def why_silent(held: Meeting) -> str:
    """Why nothing can be said of what came of a meeting."""
    if not held.about:
        return _("It was not about an approach that others could take over.")
    if not held.guests:
        return _("Who came is not recorded.")
    return _(
        "No other region that could take it over came: guests of the host's own region, or from above it such as a "
        "country, do not count."
    )
