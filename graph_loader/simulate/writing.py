"""Write a simulation as a folder that the loader takes as it is, whole or not at all."""

import csv
import json
import math
import shlex
import tempfile
from pathlib import Path

from graph_store.errors import WrongUse
from graph_store.tables import tables
from languages.words import _

from .rates import rates
from .simulation import Simulation

TRUTH_FILE, README_FILE = "truth.json", "README.md"
_OURS = frozenset({*(f"{own.name}.csv" for own in tables()), TRUTH_FILE, README_FILE})


def write_simulation(simulation: Simulation, path: Path) -> None:
    """Write tables, truth and a note on how they were made; the same simulation gives the same bytes.

    Parameters
    ----------
    simulation
        As made.
    path
        A folder that is not there yet, is empty, or holds a simulation and
        nothing else, which is replaced. It is filled beside and renamed: a
        stop half-way leaves what was there.

    Raises
    ------
    WrongUse
        When the folder holds something else.
    """
    _refuse_other_folders(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".simulated-", dir=path.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        new.mkdir()
        _fill(new, simulation)
        if not path.exists():
            new.rename(path)
            return
        path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            old.rename(path)
            raise


def command(simulation: Simulation, path: str = "PATH") -> str:
    """The command that makes this simulation anew."""
    land = simulation.land
    given = {name.replace("_", "-"): str(value) for name, value in simulation.settings.as_dict().items()}
    if land.read_from:
        given = {"land": land.read_from, "land-kind": land.kind, "land-country": land.country, **given}
        del given["regions"]
    options = " ".join(f"--{name} {shlex.quote(value)}" for name, value in given.items() if value)
    return f"graph-loader simulate {path} {options}"


def _fill(folder: Path, simulation: Simulation) -> None:
    for name, rows in simulation.tables.items():
        rows.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
    _write(folder / TRUTH_FILE, _truth(simulation))
    _write(folder / README_FILE, _note(simulation))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _truth(simulation: Simulation) -> str:
    """Settings, rates and the true source of every taking-over, one row a line."""
    known = {name: None if math.isnan(value) else value for name, value in rates(simulation).items()}
    head = {
        "about": "SIMULATED: who really took over what from whom in this simulation, and through which visit",
        "settings": simulation.settings.as_dict(),
        "rates": known,
        "columns": list(simulation.truth.columns),
    }
    rows = ",\n".join(f"  {json.dumps(row)}" for row in simulation.truth.to_numpy().tolist())
    return json.dumps(head, indent=1)[:-2] + f',\n "rows": [\n{rows}\n ]\n}}\n'


def _note(simulation: Simulation) -> str:
    land = simulation.land
    regions = (
        f"Regions, their positions and borders are those of `{land.read_from}`; all else is made up."
        if land.read_from
        else "Regions are made up, too."
    )
    return f"""# SIMULATED data

No row of these tables is a fact: no such approach, project, organisation, visit or taking-over is known to exist.
{regions}

Made by (seed {simulation.settings.seed}):

```bash
{command(simulation)}
```

`{TRUTH_FILE}` says who really took over what from whom here, and through which visit; the tables do not.
"""


def _refuse_other_folders(path: Path) -> None:
    if path.resolve() == Path.cwd():
        raise WrongUse(_("{path} is the folder that you are in. Name a new one.").format(path=path))
    if path.exists() and not path.is_dir():
        raise WrongUse(_("{path} is a file. Name a folder to be made.").format(path=path))
    found = sorted(file.name for file in path.iterdir()) if path.is_dir() else []
    others = [name for name in found if name not in _OURS]
    if found and (others or not _holds_simulation(path)):
        name = (others or found)[0]
        raise WrongUse(
            _("{path} holds something else than a simulation ({name}). Name a new or an empty folder.").format(
                path=path, name=name
            )
        )


def _holds_simulation(path: Path) -> bool:
    file = path / "data_set.csv"
    if not file.is_file():
        return False
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as text:
        return any(row.get("kind") == "simulated" for row in csv.DictReader(text))
