"""Who could tell about an approach: the organisations on record in the regions that have it."""

from dataclasses import dataclass

from graph_store.schema import TAKEN_OVER

from .evidence import evidence
from .graph import ask
from .network import bodies
from .spread import Story

HOSTED, CAME, PROJECT = "hosted", "came", "project"


@dataclass(frozen=True)
class Contact:
    """An organisation, and what it has to do with the approach: (one of the three above, id, name) each."""

    id: str
    name: str
    through: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Knows:
    """A region that knows an approach from within: where it began, or that took it over.

    `since` is as written, empty where unknown; `contacts` are the organisations in
    the region, or in what lies in it, that had to do with the approach.
    """

    region_id: str
    country: str
    began: bool
    since: str
    contacts: tuple[Contact, ...]


def who_knows(story: Story) -> list[Knows]:
    """The regions that have the approach of a story, where it began first."""
    land, found = evidence().land, _through(story)
    regions = ask("regions").set_index("id")["country"]
    at = bodies()["region_id"].to_dict()
    told = []
    for region, began, since in _having(story):
        inside = land.within(region)
        contacts = [contact for body, contact in found.items() if at.get(body) in inside and body not in regions.index]
        told.append(Knows(region, str(regions.get(region) or ""), began, since, tuple(contacts)))
    return told


def _having(story: Story) -> list[tuple[str, bool, str]]:
    """Region, whether it began there, and since when."""
    origin = str(story.facts["origin_id"] or "")
    taken = [
        (item.region_id, False, str(item.step["on"] or ""))
        for item in story.regions
        if item.step is not None and item.step["stage"] in TAKEN_OVER
    ]
    began = [(origin, True, str(story.facts["started"] or ""))] if origin else []
    return began + [item for item in taken if item[0] != origin]


def _through(story: Story) -> dict[str, Contact]:
    """Each body that had to do with the approach: with visits about it, or with projects that apply it."""
    met: dict[str, tuple[str, dict[tuple[str, str, str], None]]] = {}
    for visit in story.visits:
        for part, group in ((HOSTED, visit["hosts"]), (CAME, visit["guests"])):
            for body in group:
                own = met.setdefault(str(body["id"]), (str(body["name"]), {}))
                own[1][part, str(visit["visit_id"]), str(visit["name"])] = None
    projects, approach = ask("projects"), str(story.facts["id"])
    applying = projects.loc[[approach in ids for ids in projects["approach_ids"]], "id"]
    parts = ask("participations")
    names = bodies()["name"]
    for body, project, name in parts.loc[
        parts["project_id"].isin(applying), ["organisation_id", "project_id", "project"]
    ].itertuples(index=False, name=None):
        own = met.setdefault(str(body), (str(names.get(body, body)), {}))
        own[1][PROJECT, str(project), str(name)] = None
    return {body: Contact(body, name, tuple(ways)) for body, (name, ways) in met.items()}
