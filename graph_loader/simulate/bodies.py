"""The organisations of each region and above: who hosts, who visits, who carries projects."""

from dataclasses import dataclass

from .ground import Ground

Cells = dict[str, str]

OWN_KINDS = (
    ("desk", "service desk", "Service desk {name}"),
    ("municipality", "municipality", "Municipal office {name}"),
    ("agency", "regional agency", "Regional agency {name}"),
    ("employers", "employers network", "Employers' network {name}"),
)
NOTE = "simulated"


@dataclass(frozen=True)
class Bodies:
    """Rows of organisations and memberships; id of each by what it is and where."""

    organisations: list[Cells]
    memberships: list[Cells]

    @staticmethod
    def of(what: str, region: str) -> str:
        """Id of the body of that sort in a region: desk, municipality, agency, employers, office."""
        return f"{what}-{region}"


def bodies_of(ground: Ground) -> Bodies:
    """The bodies that a land needs, their names plainly general, all in a network of each sort."""
    organisations, memberships = [], []
    networks = {
        "desk": "Network of service desks",
        "municipality": "Association of municipal offices",
        "agency": "Network of regional agencies",
        "employers": "Forum of employers' networks",
        "office": "Forum of provinces and ministries",
    }
    top = ground.tops[0] if ground.tops else ""
    for what, name in networks.items():
        organisations.append(_row(f"network-{what}", f"{name} (simulated)", "umbrella", top))
    for region, town in zip(ground.ids, ground.towns, strict=True):
        for what, kind, name in OWN_KINDS:
            seat = town if what == "municipality" else region
            organisations.append(
                _row(Bodies.of(what, region), name.format(name=ground.names[region]) + _MARK, kind, seat)
            )
            memberships.append({"organisation": Bodies.of(what, region), "member_of": f"network-{what}"})
    for region in (*ground.middles, *ground.tops):
        kind, name = ("ministry", "Ministry of Work") if region in ground.tops else ("province", "Provincial office")
        organisations.append(_row(Bodies.of("office", region), f"{name} {ground.names[region]}{_MARK}", kind, region))
        memberships.append({"organisation": Bodies.of("office", region), "member_of": "network-office"})
    if not ground.tops:
        organisations = [row for row in organisations if row["id"] != "network-office"]
    return Bodies(organisations, memberships)


_MARK = " (simulated)"


def _row(id_: str, name: str, kind: str, region: str) -> Cells:
    return {"id": id_, "name": name, "kind": kind, "sector": "labour market", "region": region, "note": NOTE}
