"""One approach on one screen: where it began, who took it over, from whom, after which visit, who did not."""

import streamlit as st

from explorer import links
from explorer.data import spread
from explorer.data import story as more
from explorer.data.profiles import Profile
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import Html, facts, join, link, sentence, tag, text
from languages.words import _, in_words, ngettext, number

from . import approach_numbers as numbers
from . import approach_pictures as pictures
from . import approach_regions as regions
from . import approach_visits as visits
from . import frame
from . import profile as shared
from .approach_contacts import whom_to_ask
from .approach_looks import ABOVE, AFTER, TAKEN, key
from .approach_saves import saves
from .approach_visits import guests

__all__ = ["guests", "render"]

TOLD = (
    ("OF", False),
    ("ABOUT", False),
    ("ORIGINATED_IN", True),
    ("HAS_ELEMENT", True),
)  # elsewhere on the page


def render(node: Profile) -> None:
    """Draw the page of an approach."""
    story = spread.story(node.id)
    if story is None:
        shared.missing(node.id)
        return
    known = more.learning(node.id)
    frame.title(finding(node, story), _("Approach"))
    if summary := node.properties.get("summary"):
        frame.show(tag("p", summary, class_="lead"))
    frame.show(origin_told(node, story))
    frame.show(shared.briefing(node))
    if story.regions:
        frame.show(key(story, known))
        chosen = st.query_params.get("region", "")
        said = regions.told(chosen, story, known) if chosen else Html("")
        pictures.draw(story, known, chosen if said else "", _card(said))
        _figures(story, known)
    else:
        frame.notice(_("No region is known to have taken this approach over, or to consider it."))
    frame.show(regions.taken_over(story, known))
    frame.show(numbers.about_odds(known))
    frame.show(regions.others(story, known))
    frame.show(whom_to_ask(story))
    frame.show(numbers.elements(known))
    frame.show(visits.visits(story))
    frame.show(visits.stalled(known))
    frame.show(visits.problems(known))
    frame.show(shared.neighbours(node, skip=TOLD))
    frame.show(shared.sources(node))
    saves(story, known)


def _figures(story: Story, known: Learning) -> None:
    """The curve and the funnel, side by side where there is room."""
    if len(story.curve) < 2:
        frame.show(numbers.funnel(story, known))
        return
    left, right = st.columns(2, gap="large")
    with left:
        numbers.curve(story)
    with right:
        frame.show(numbers.funnel(story, known))


def _card(said: Html) -> Html:
    """What is known of the region that is picked out, and the way to let it go; how to pick one, without any."""
    if not said:
        return tag("p", _("Choose a region in the pictures to see what is known of it."), class_="quiet")
    kept = {name: st.query_params[name] for name in ("id", "year") if name in st.query_params}
    away = link(_("Let it go"), links.address(links.PROFILES["Approach"], **kept), "pick")
    return tag("section", join([said, tag("p", away, class_="foot")]), class_="card", aria_label=_("The region chosen"))


def finding(node: Profile, story: Story) -> str:
    """The title: where it began, and how many regions took it over."""
    taken = sum(item.standing in TAKEN for item in story.regions)
    after = sum(item.standing in AFTER for item in story.regions)
    origin = story.facts["origin"]
    said = node.name
    if origin:
        began = story.facts["started"]
        said += _(": from {origin}").format(origin=origin) + (f" ({in_words(str(began))})" if began else "")
    said += ", " if origin else ": "
    if not taken:
        return said + _("no region elsewhere is known to have taken it over")
    said += ngettext("taken over by {count} region", "taken over by {count} regions", taken)
    above = sum(item.standing == ABOVE for item in story.regions)
    if after == taken:
        return (
            said + ", " + ngettext("after a visit or by its own word", "all after a visit or by their own word", taken)
        )
    told = [_("{count} of them after a visit or by their own word").format(count=number(after))] if after else []
    told += [_("{count} after a visit of a body above them").format(count=number(above))] if above else []
    return ", ".join([said, *told])


def origin_told(node: Profile, story: Story) -> Html:
    """Where and when it began, as a sentence with its link; what else is known."""
    origin, began = story.facts["origin"], story.facts["started"]
    place = link(origin, links.profile("Region", str(story.facts["origin_id"]))) if origin else ""
    when = in_words(str(began)) if began else ""
    if origin and began:
        said = sentence(_("It began in {region}, {when}."), region=place, when=when)
    elif origin:
        said = sentence(_("It began in {region}; when is not on record."), region=place)
    else:
        said = text(_("Where it began is not on record."))
    others = [(_("Results"), node.properties.get("results")), (_("Note"), node.properties.get("note"))]
    return join([tag("p", said), facts(others)])
