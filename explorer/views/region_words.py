"""The words that all parts of a region's page share: names as links, and lags; and the names of its places."""

from collections.abc import Mapping
from typing import Any

from explorer import links
from explorer.data import network, regions
from explorer.pictures.html import Html, join, link, tag
from languages.words import _, in_words, ngettext, number

TOOK, GAVE, VISITS = "took", "gave", "visits"  # places on the page, behind the # of its address


def months(least: int, most: int) -> str:
    """A lag in words: one number where the dates allow one only."""
    if most < 1:
        return _("less than a month")
    if least == most:
        return ngettext("{count} month", "{count} months", most)
    return _("{least} to {most} months").format(least=number(least), most=number(most))


def region_name(region: str) -> str:
    """Name of a region; its id where it has none."""
    return network.territories().names.get(region, region)


def region_link(region: str) -> Html:
    """A region as a link to its page; nothing for none."""
    return link(region_name(region), links.profile("Region", region)) if region else Html("")


def approach_link(approach: str) -> Html:
    """An approach as a link to its page."""
    return link(network.names().get(approach, (approach, ""))[0], links.profile("Approach", approach))


def visit_link(visit: str) -> Html:
    """A visit as a link, with its date; nothing for none."""
    known = regions.visits().get(visit)
    if known is None:
        return Html("")
    when = tag("span", in_words(known["on"]), class_="when")
    told = join([link(known["name"], links.profile("Visit", visit)), " ", when])
    return tag("span", told, class_="visit")


def fate(step: Mapping[str, Any]) -> Html:
    """What a step of taking up kept, changed and left out, or why nothing was taken over."""
    pairs = [(_("Kept"), "kept"), (_("Changed"), "changed"), (_("Left out"), "dropped")]
    said = [(word, step[name]) for word, name in pairs if step.get(name)]
    return join(tag("div", join([tag("b", word + ": "), value])) for word, value in said)


def why(step: Mapping[str, Any]) -> Html:
    """All that is said in words of a step that is no taking-over: the same on each page that tells it."""
    said = [fate(step), tag("div", step["note"]) if step.get("note") else ""]
    return tag("div", join(said), class_="quiet") if any(said) else Html("")


def first_few(entries: list[Html], most: int = 4) -> Html:
    """The first entries, and how many more there are."""
    told = join(entries[:most], ", ")
    rest = len(entries) - most
    return join([told, " ", _("and {count} more").format(count=number(rest))]) if rest > 0 else told
