"""What a reader takes away from an approach's page: pictures, tables, the tree as a file."""

from functools import partial

import streamlit as st

from explorer.data import story as more
from explorer.data.overview import source_facts
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import join, tag
from languages.words import N_, _, in_words

from . import approach_numbers as numbers
from . import frame

NOW = "p[role=status]"  # the sentence that says of what year the pictures are
FILES = {
    "csv": N_("Regions as CSV"),
    "xlsx": N_("Regions as Excel"),
    "graphml": N_("Tree as GraphML"),
    "nwk": N_("Tree as Newick"),
    "json": N_("Tree as JSON"),
}
ALWAYS = ("csv", "xlsx")  # the others hold the tree


def saves(story: Story, known: Learning) -> None:
    """The row of downloads; pictures are saved by the page's script as they are seen."""
    approach = str(story.facts["id"])
    frame.show(tag("h2", _("To take away")))
    said = _("{name}; data as of {when}").format(name=story.facts["name"], when=in_words(source_facts().loaded_at[:10]))
    buttons = []
    if story.regions:
        buttons.append(frame.picture_saves(".map", f"{approach}-map", _("Map"), said, legend=".legend", now=NOW))
    if known.learners:
        buttons.append(frame.picture_saves(".tree", f"{approach}-tree", _("Tree"), said, legend=".legend", now=NOW))
    if len(story.curve) > 1:
        buttons.append(frame.picture_saves(".curve", f"{approach}-curve", _("Curve"), said))
    if drawing := numbers.funnel_drawing(known):
        frame.drawing(drawing)
        buttons.append(frame.picture_saves(".funnel-to-save", f"{approach}-funnel", _("Funnel"), said))
    if buttons:
        frame.show(tag("div", join(buttons), class_="saves"))
    with st.container(horizontal=True, key="files"):
        for ending, words in FILES.items():
            if known.learners or ending in ALWAYS:
                frame.download(_(words), partial(_file, approach, ending), f"{approach}.{ending}")


def _file(approach: str, ending: str) -> bytes:
    return more.files(approach)[ending]
