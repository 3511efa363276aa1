"""The page of one plan: its themes, projects and scores, who carries them, what changed since the plan before."""

from explorer import links
from explorer.analysis.records import records
from explorer.data import plans
from explorer.data.plans import Asked, Shown
from explorer.data.profiles import Profile
from explorer.pictures.html import Html, facts, join, link, tag
from languages.words import _, ngettext, number

from . import frame, plans_parts, plans_themes
from . import profile as shared
from .plans import downloads
from .plans_parts import named, standings_said

TOLD = (("COVERS", True), ("LISTED_IN", False), ("ADDRESSES", True), ("ASSESSED", True))  # in parts of their own


def render(node: Profile) -> None:
    """Draw the page of a plan."""
    found = plans.shown(Asked(plan=node.id))
    frame.title(_heading(node, found), _("Plan"))
    frame.show(_facts(node))
    for heading, part in (
        (_("From challenge to activity"), lambda one: plans_themes.activities(one, _narrowed(node))),
        (_("Against the plan before"), _changes),
        (_("Criteria and scores"), plans_parts.scores),
        (_("Who carries what"), plans_parts.carriers),
    ):
        frame.show(join([tag("h2", heading), part(found)]))
    downloads(found, "activities")
    frame.show(shared.neighbours(node, skip=TOLD))
    frame.show(shared.sources(node))


def _heading(node: Profile, found: Shown) -> str:
    plan = found.plans.iloc[0]
    themes = ngettext("{count} theme", "{count} themes", len(plan["themes"]))
    projects = ngettext("{count} project", "{count} projects", int(plan["listed"]))
    return _("{name}: {themes}, {projects} listed").format(name=node.name, themes=themes, projects=projects)


def _facts(node: Profile) -> Html:
    regions = [named("Region", row["other_id"], row["other_name"]) for row in node.around("COVERS", outgoing=True)]
    every = links.address(links.PLANS, **_narrowed(node))
    return facts(
        [
            (_("For the region"), join(regions, ", ")),
            (_("Year"), str(node.properties["year"])),
            (_("Status"), node.properties.get("status")),
            (_("Note"), node.properties.get("note")),
            (_("Other plans"), link(_("All plans for the region") if regions else _("All plans"), every)),
        ]
    )


def _narrowed(node: Profile) -> dict[str, str]:
    """The state of the page of all plans that shows those of the same region."""
    regions = node.around("COVERS", outgoing=True)
    return {"region": regions[0]["other_id"]} if regions else {}


def _changes(found: Shown) -> Html:
    (plan,) = records(found.plans)
    said = standings_said(plan)
    lead = _("By its own word: {counts}, of {count} listed.").format(counts=said, count=number(plan["listed"]))
    return join([tag("p", lead) if said else "", plans_parts.changes(found)])
