"""What a reader takes away from an approach's page: pictures, tables, the tree as a file."""

import streamlit as st

from explorer.data import story as more
from explorer.data.overview import source_facts
from explorer.data.spread import Story
from explorer.data.story import Learning
from explorer.pictures.html import Html, join, tag
from languages.words import N_, _, in_words

from . import frame

FILES = {
    "csv": N_("Regions as CSV"),
    "xlsx": N_("Regions as Excel"),
    "graphml": N_("Tree as GraphML"),
    "nwk": N_("Tree as Newick"),
    "json": N_("Tree as JSON"),
}


def saves(story: Story, known: Learning) -> None:
    """The row of downloads; pictures are saved by the page's script as they are seen."""
    approach = str(story.facts["id"])
    frame.show(tag("h2", _("To take away")))
    pictures = [(".map", f"{approach}-map", _("Map"))] if story.regions else []
    if known.learners:
        pictures.append((".tree", f"{approach}-tree", _("Tree")))
    said = _("{name}; data as of {when}").format(name=story.facts["name"], when=in_words(source_facts().loaded_at[:10]))
    buttons = [_save(*picture, said, kind) for picture in pictures for kind in ("svg", "png")]
    if buttons:
        frame.show(tag("div", join(buttons), class_="saves"))
    with st.container(horizontal=True, key="files"):
        for ending, content in more.files(approach).items():
            frame.download(_(FILES[ending]), content, f"{approach}.{ending}")


def _save(picture: str, file: str, name: str, said: str, kind: str) -> Html:
    words = _("{picture} as {kind}").format(picture=name, kind=kind.upper())
    return tag("button", words, type="button", data_save=kind, data_picture=picture, data_file=file, data_said=said)
