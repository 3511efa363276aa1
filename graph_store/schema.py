"""The model: every node kind, relationship kind and property, said once.

Constraints, the loader's tables and its checks, the workbook template, the
Cypher that writes, colours, symbols, legends and ``data/SCHEMA.md`` derive
from the tables below. A new property is one line here and nothing elsewhere.
"""

from languages.words import N_

from .kinds import InColumn, InTable, NodeKind, Option, Property, RelationshipKind, Type

# Tol's "bright" set: told apart by colour-blind readers; greys follow where six are not enough.
BLUE, RED, GREEN, YELLOW, CYAN, PURPLE = "#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377"
PALETTE = (BLUE, RED, GREEN, YELLOW, CYAN, PURPLE)
GREYS = ("#777777", "#999999", "#BBBBBB", "#555555")

# How many regions "took it over" is counted over these stages, everywhere.
TAKEN_OVER = ("partial", "full", "policy")
INTEREST = ("considering", "adapting")
ENDED = ("dropped",)

# A visit of one of these kinds that is about an approach is the approach's story.
STORY_KINDS = ("practice day", "case presented")

# Attendance is counted for the first region of one of these kinds above the visitor, never for a country.
COUNTED_REGIONS = ("labour-market region", "province", "state", "district", "city", "municipality")

IDENTIFIER = Property(
    "id", Type.TEXT, N_("A short key that you choose and never change"), required=True, example="arnhem"
)
NAME = Property("name", Type.TEXT, N_("The name that people know it by"), required=True)
NOTE = Property("note", Type.TEXT, N_("Anything a reader should know about this row"))
SOURCE_COLUMN = Property(
    "source", Type.LIST, N_("Ids of the sources that state this row, separated by ;"), example="minutes-2024-03"
)


def _options(*pairs: tuple[str, str] | tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(*pair) for pair in pairs)


REGION_KINDS = _options(
    ("country", N_("Country")),
    ("state", N_("State"), PURPLE),
    ("province", N_("Province"), RED),
    ("labour-market region", N_("Labour-market region"), BLUE),
    ("district", N_("District"), YELLOW),
    ("municipality", N_("Municipality"), GREEN),
    ("city", N_("City"), CYAN),
)
ORGANISATION_KINDS = _options(
    ("municipality", N_("Municipality"), BLUE),
    ("province", N_("Province"), RED),
    ("ministry", N_("Ministry"), GREEN),
    ("agency", N_("Agency"), YELLOW),
    ("public employment service", N_("Public employment service"), CYAN),
    ("regional agency", N_("Regional agency"), PURPLE),
    ("service desk", N_("Service desk")),
    ("employers association", N_("Employers' association")),
    ("employers network", N_("Employers' network")),
    ("municipal association", N_("Association of municipalities")),
    ("umbrella", N_("Umbrella organisation")),
    ("partnership", N_("Partnership")),
    ("committee", N_("Committee")),
    ("programme office", N_("Programme office")),
    ("company", N_("Company")),
    ("school", N_("School")),
    ("union", N_("Trade union")),
    ("care provider", N_("Care provider")),
    ("research", N_("Research institute")),
    ("other", N_("Other")),
)
VISIT_KINDS = _options(
    ("work visit", N_("Work visit"), BLUE),
    ("practice day", N_("Practice day"), GREEN),
    ("case presented", N_("Case presented"), CYAN),
    ("partner meeting", N_("Partner meeting"), PURPLE),
    ("meeting", N_("Meeting"), YELLOW),
    ("workshop", N_("Workshop"), RED),
    ("peer review", N_("Peer review")),
    ("conference", N_("Conference")),
    ("final event", N_("Final event")),
    ("webinar", N_("Webinar")),
)
STAGES = _options(
    ("considering", N_("Considers it"), "#BBBBBB"),
    ("adapting", N_("Is adapting it"), YELLOW),
    ("partial", N_("Took over a part"), CYAN),
    ("full", N_("Took it over"), BLUE),
    ("policy", N_("Made it regular policy"), GREEN),
    ("dropped", N_("Decided against it or stopped"), RED),
)
OUTCOMES = _options(
    ("none", N_("Nothing came of it")),
    ("considering", N_("Considers it")),
    ("adapting", N_("Is adapting it")),
    ("taken over", N_("Took it over, at least in part")),
    ("declined", N_("Decided against it")),
)

# One entry a kind, one line a property: a formatter would make each of them eight.
# fmt: off
NODE_KINDS: tuple[NodeKind, ...] = (
    NodeKind("Source", N_("Source"), N_("sources"), "sources", N_("A document or page that a fact is stated in"), (
        Property("publisher", Type.TEXT, N_("Who published it"), example="Municipality of Arnhem"),
        Property("published", Type.DATE, N_("When it was published"), example="2024-03-12"),
        Property("url", Type.URL, N_("Where it can be read"), title=N_("Address"), example="https://example.org/minutes.pdf"),
    ), colour="#BBBBBB", symbol="rect", date="published"),
    NodeKind("Region", N_("Region"), N_("regions"), "regions", N_("A territory of any size"), (
        Property("kind", Type.CODE, N_("What sort of territory"), required=True, example="labour-market region", options=REGION_KINDS),
        Property("country", Type.COUNTRY, N_("Country, as its two-letter code"), required=True, example="NL"),
        Property("nuts", Type.TEXT, N_("Code in the European list of regions (NUTS)"), title=N_("NUTS code"), example="NL22"),
        Property("latitude", Type.NUMBER, N_("North-south position of its centre"), unit="degrees", example="51.98", minimum=-90, maximum=90),
        Property("longitude", Type.NUMBER, N_("East-west position of its centre"), unit="degrees", example="5.91", minimum=-180, maximum=180),
        Property("population", Type.INTEGER, N_("Inhabitants"), title=N_("Inhabitants"), unit="people", example="165000", minimum=0),
    ), colour=GREEN, symbol="diamond"),
    NodeKind("Organisation", N_("Organisation"), N_("organisations"), "organisations", N_("A body that acts: never a person"), (
        Property("kind", Type.CODE, N_("What sort of body"), required=True, example="municipality", options=ORGANISATION_KINDS),
        Property("sector", Type.TEXT, N_("Field of work"), example="public administration"),
        Property("website", Type.URL, N_("Its website"), example="https://example.org"),
        Property("contact", Type.TEXT, N_("Address of a function, such as a front desk: never a person's"), example="info@example.org"),
        Property("aliases", Type.LIST, N_("Other names and abbreviations, separated by ;"), title=N_("Also known as"), example="UWV;Employee Insurance Agency"),
    ), colour=BLUE, symbol="circle"),
    NodeKind("Theme", N_("Theme"), N_("themes"), "themes", N_("What plans and projects are about"), (
        Property("kind", Type.CODE, N_("What sort of theme"), required=True, example="priority", options=_options(
            ("priority", N_("Priority")), ("focus", N_("Focus")), ("challenge", N_("Challenge")), ("funding action", N_("Funding action")))),
    ), colour=CYAN, symbol="roundRect"),
    NodeKind("Element", N_("Element"), N_("elements"), "elements", N_("A part of an approach that can be kept, changed or dropped"), (),
        colour=PURPLE, symbol="triangle"),
    NodeKind("Approach", N_("Approach"), N_("approaches"), "approaches", N_("A way of working that others can take over"), (
        Property("summary", Type.TEXT, N_("What it is, in two sentences")),
        Property("started", Type.DATE, N_("When it began where it began"), example="2016"),
        Property("results", Type.TEXT, N_("What it achieved")),
    ), colour=PURPLE, symbol="pin", date="started"),
    NodeKind("Project", N_("Project"), N_("projects"), "projects", N_("A funded or agreed piece of work"), (
        Property("started", Type.DATE, N_("First day, month or year"), example="2022-09"),
        Property("ended", Type.DATE, N_("Last day, month or year"), example="2024"),
        Property("status", Type.TEXT, N_("How it stands"), example="running"),
        Property("budget_eur", Type.NUMBER, N_("Total amount"), title=N_("Budget"), unit="EUR", example="250000", minimum=0),
        Property("website", Type.URL, N_("Its page"), example="https://example.org/project"),
        Property("summary", Type.TEXT, N_("What it does, in two sentences")),
        Property("results", Type.TEXT, N_("What it achieved")),
    ), colour=RED, symbol="rect", date="started"),
    NodeKind("Plan", N_("Plan"), N_("plans"), "plans", N_("A work plan or implementation agenda of a year"), (
        Property("year", Type.INTEGER, N_("First year that it is for"), required=True, example="2024", minimum=1900, maximum=2200),
        Property("status", Type.TEXT, N_("How it stands"), example="adopted"),
    ), colour=YELLOW, symbol="roundRect"),
    NodeKind("Visit", N_("Visit"), N_("visits"), "visits", N_("A dated event where one side learns from another"), (
        Property("on", Type.DATE, N_("When it was or will be"), title=N_("When"), example="2024-03-12"),
        Property("kind", Type.CODE, N_("What sort of event"), required=True, example="work visit", options=VISIT_KINDS),
        Property("format", Type.TEXT, N_("How people met"), example="on site"),
    ), colour=YELLOW, symbol="diamond", date="on"),
    NodeKind("Adoption", N_("Step of taking up"), N_("steps of taking up"), "adoptions",
        N_("One step of a region's taking up an approach; a region can have several, in time"), (
        Property("on", Type.DATE, N_("When this step was taken"), title=N_("When"), example="2024"),
        Property("until", Type.DATE, N_("When it ended, if it did")),
        Property("stage", Type.CODE, N_("How far the region went"), required=True, example="partial", options=STAGES),
        Property("kept", Type.TEXT, N_("What was kept, in words")),
        Property("changed", Type.TEXT, N_("What was changed, in words")),
        Property("dropped", Type.TEXT, N_("What was left out, in words")),
    ), colour=GREEN, symbol="arrow", date="on", caption="{region}: {approach}"),
    NodeKind("DataSet", N_("Data set"), N_("data sets"), "data_set", N_("What is loaded as one"), (
        Property("kind", Type.CODE, N_("Recorded facts, or made by a simulation"), required=True, example="recorded",
            options=_options(("recorded", N_("Recorded")), ("simulated", N_("Simulated")))),
        Property("data_until", Type.DATE, N_("Up to when steps of taking up were looked for"), example="2024-12"),
        Property("licence", Type.TEXT, N_("Terms under which it may be used"), example="CC-BY 4.0"),
    ), colour="#BBBBBB", symbol="rect"),
)

_SINCE = Property("since", Type.DATE, N_("From when"), example="2022")
_UNTIL = Property("until", Type.DATE, N_("Until when"), example="2024")
_ROLE = Property("role", Type.TEXT, N_("In what role"), example="partner")
_HOW = Property("how", Type.TEXT, N_("In what way"))

RELATIONSHIP_KINDS: tuple[RelationshipKind, ...] = (
    RelationshipKind("PART_OF", ("Region", "Theme"), ("Region", "Theme"), N_("part of"), N_("contains"), (
        InColumn("part_of", "start", "Region"), InColumn("part_of", "start", "Theme")), acyclic=True, same_label=True),
    RelationshipKind("BORDERS", ("Region",), ("Region",), N_("borders"), N_("borders"),
        (InTable("region_borders", "region_a", "region_b"),), both_ways=True),
    RelationshipKind("LOCATED_IN", ("Organisation",), ("Region",), N_("located in"), N_("seat of"),
        (InColumn("region", "start", "Organisation"),)),
    RelationshipKind("MEMBER_OF", ("Organisation",), ("Organisation",), N_("member of"), N_("has as member"),
        (InTable("memberships", "organisation", "member_of"),), (_ROLE, _SINCE, _UNTIL), ("role", "since")),
    RelationshipKind("PARTICIPATES_IN", ("Organisation",), ("Project",), N_("takes part in"), N_("carried by"),
        (InTable("participations", "organisation", "project"),),
        (_ROLE, _SINCE, _UNTIL, Property("budget_eur", Type.NUMBER, N_("Own share of the amount"), title=N_("Budget"), unit="EUR", example="50000", minimum=0)),
        ("role", "since")),
    RelationshipKind("RUNS_IN", ("Project",), ("Region",), N_("runs in"), N_("has project"),
        (InColumn("region", "start", "Project", many=True),)),
    RelationshipKind("APPLIES", ("Project",), ("Approach",), N_("applies"), N_("applied by"),
        (InColumn("approach", "start", "Project", many=True),)),
    RelationshipKind("ORIGINATED_IN", ("Approach",), ("Region",), N_("began in"), N_("origin of"),
        (InColumn("origin", "start", "Approach", takes=(("on", "started"),)),), (Property("on", Type.DATE, N_("When it began there"), title=N_("When")),)),
    RelationshipKind("ADDRESSES", ("Project", "Approach", "Plan"), ("Theme",), N_("is about"), N_("theme of"),
        (InTable("addresses", "item", "theme"),)),
    RelationshipKind("HAS_ELEMENT", ("Approach",), ("Element",), N_("has element"), N_("element of"),
        (InTable("approach_elements", "approach", "element"),)),
    RelationshipKind("LISTED_IN", ("Project",), ("Plan",), N_("listed in"), N_("lists"), (InTable("plan_projects", "project", "plan"),),
        (Property("standing", Type.CODE, N_("New in this plan, continued or ended"), example="new",
            options=_options(("new", N_("New")), ("continued", N_("Continued")), ("ended", N_("Ended")))),)),
    RelationshipKind("CARRIES", ("Organisation",), ("Theme", "Project"), N_("carries"), N_("carried forward by"),
        (InTable("carriers", "organisation", "item"),),
        (Property("plan", Type.TEXT, N_("The plan that says so"), refers_to="Plan", example="plan-2024"),), ("plan",)),
    RelationshipKind("COVERS", ("Plan",), ("Region",), N_("covers"), N_("covered by plan"), (InColumn("region", "start", "Plan", many=True),)),
    RelationshipKind("ASSESSED", ("Plan",), ("Project",), N_("assessed"), N_("assessed in"), (InTable("assessments", "plan", "project"),), (
        Property("criterion", Type.TEXT, N_("What was judged"), required=True, example="impact"),
        Property("score", Type.NUMBER, N_("Points given"), unit="points", example="3", minimum=0),
        Property("of", Type.NUMBER, N_("Points that could be given"), title=N_("Out of"), unit="points", example="5", minimum=0),
        Property("on", Type.DATE, N_("When it was judged"), title=N_("When"), example="2023-11-16"),
    ), ("criterion",)),
    RelationshipKind("HOSTED", ("Organisation", "Region"), ("Visit",), N_("hosted"), N_("hosted by"), (InTable("hosts", "host", "visit"),)),
    RelationshipKind("ATTENDED", ("Organisation", "Region"), ("Visit",), N_("attended"), N_("attended by"),
        (InTable("attendances", "attendee", "visit"),), (
        Property("delegates", Type.INTEGER, N_("How many came"), unit="people", example="4", minimum=0),
        Property("outcome", Type.CODE, N_("What came of it at the visitor's"), title=N_("What came of it"), options=OUTCOMES),
        Property("outcome_on", Type.DATE, N_("When that was known"), title=N_("Known since")))),
    RelationshipKind("ABOUT", ("Visit",), ("Approach", "Project"), N_("was about"), N_("shown at"),
        (InTable("visit_subjects", "visit", "subject"),)),
    RelationshipKind("TOOK_UP", ("Region",), ("Adoption",), N_("took up"), N_("step of"), (InColumn("region", "end", "Adoption", required=True),)),
    RelationshipKind("OF", ("Adoption",), ("Approach",), N_("of"), N_("taken up in"), (InColumn("approach", "start", "Adoption", required=True),)),
    RelationshipKind("CREDITED_TO", ("Adoption",), ("Visit", "Region"), N_("credited to"), N_("credited with"),
        (InColumn("credited_to", "start", "Adoption", many=True),)),
    RelationshipKind("KEPT", ("Adoption",), ("Element",), N_("kept"), N_("kept in"),
        (InTable("adoption_elements", "adoption", "element", marked="fate=kept"),), (_HOW,)),
    RelationshipKind("CHANGED", ("Adoption",), ("Element",), N_("changed"), N_("changed in"),
        (InTable("adoption_elements", "adoption", "element", marked="fate=changed"),), (_HOW,)),
    RelationshipKind("DROPPED", ("Adoption",), ("Element",), N_("left out"), N_("left out in"),
        (InTable("adoption_elements", "adoption", "element", marked="fate=dropped"),), (_HOW,)),
)

# fmt: on

# What the loader keeps beside the graph that people see: its tables, its runs, the state of the data.
INTERNAL_LABELS = ("LoadedTable", "Load", "LoadFence", "GraphState")


def node_kind(label: str) -> NodeKind:
    """The kind of that label; KeyError where the model has none."""
    return _NODES[label]


def relationship_kind(type_: str) -> RelationshipKind:
    """The kind of that type; KeyError where the model has none."""
    return _RELATIONSHIPS[type_]


def title_of(options: tuple[Option, ...], code: str | None) -> str:
    """Title of a code, to be translated where it is shown; empty for a code that the list has not."""
    return next((option.title for option in options if option.code == code), "")


def colour_of(options: tuple[Option, ...], code: str) -> str:
    """Colour of a code: its own, else a grey by its place in the list."""
    for place, option in enumerate(options):
        if option.code == code:
            return option.colour or GREYS[place % len(GREYS)]
    return GREYS[0]


_NODES = {kind.label: kind for kind in NODE_KINDS}
_RELATIONSHIPS = {kind.type: kind for kind in RELATIONSHIP_KINDS}
