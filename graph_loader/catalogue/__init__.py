"""The catalogue of what can be wrong with tables: every fault and every doubt, said once.

A fault keeps a load from happening; a doubt is told and the load goes on. Each
has an example under ``tests/faults``, named after its code.
"""

from collections.abc import Mapping

from .kind import Cause, FaultKind, Severity
from .of_cells import CELLS
from .of_data_sets import DATA_SETS, SPREAD
from .of_files import COPIES, FILES, HEADERS
from .of_rows import REFERENCES, ROWS

__all__ = ["CATALOGUE", "COPIES", "FILES", "HEADERS", "KINDS", "Cause", "FaultKind", "Severity"]

CATALOGUE: tuple[FaultKind, ...] = FILES + HEADERS + CELLS + ROWS + REFERENCES + DATA_SETS + SPREAD

KINDS: Mapping[str, FaultKind] = {kind.code: kind for kind in CATALOGUE}
