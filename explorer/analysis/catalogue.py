"""All measures of the explorer, as a list and as a page to read: ``docs/measures.md``.

``python -m explorer.analysis.catalogue`` writes the page; ``--check`` exits with 1 when it is not current.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import explorer.analysis

from .explained import Explained

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measures.md"

SUBJECTS = {
    "networks": "Who is tied to whom",
    "diffusion.brokerage": "Who stands in between",
    "diffusion.curves": "Taking over, in time",
    "diffusion.classes": "Early and late",
    "diffusion.bass": "The course as a curve",
    "diffusion.exposure": "Taking over, among one's ties",
    "diffusion.infection": "Followed and following",
    "diffusion.autocorrelation": "Likeness of tied regions",
    "diffusion.structure": "More than chance",
    "diffusion.netinf": "Who tends to follow whom",
    "spread.odds": "Which visit it was",
    "spread.ladder": "How far it went",
    "spread.funnel": "From story to taking over",
    "spread.yields": "What visits yield",
    "spread.reach": "How far it could have come",
    "spread.accounts": "What a region gave and took",
    "advice.recommend": "What to see, what to show",
    "advice.backtest": "Whether the advice holds",
}
"""Heading of each module with measures, in the order of the page; others follow under their own name."""


def by_module() -> dict[str, tuple[Explained, ...]]:
    """The records of all measures, by module below ``explorer.analysis``, in the order of the page."""
    found = {}
    for module in pkgutil.walk_packages(explorer.analysis.__path__, "explorer.analysis."):
        own = getattr(importlib.import_module(module.name), "MEASURES", ())
        if own:
            found[module.name.removeprefix("explorer.analysis.")] = tuple(own)
    order = {name: place for place, name in enumerate(SUBJECTS)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def page() -> str:
    """The measures as Markdown."""
    parts = [
        "# The measures",
        "Written from the records beside the code by `python -m explorer.analysis.catalogue`; change them there. "
        "Undefined is NaN in every table, never a number that looks like one.",
    ]
    for module, measures in by_module().items():
        parts.append(f"## {SUBJECTS.get(module, module)}")
        parts.append(f"`explorer/analysis/{module.replace('.', '/')}.py`")
        parts.extend(_told(item) for item in measures)
    return "\n\n".join(parts) + "\n"


def _told(item: Explained) -> str:
    return "\n".join(
        [
            f"**{item.title}**: {item.words}",
            "",
            f"- {item.term}; {item.span}",
            f"- undefined: {item.undefined}",
            f"- source: {item.source}",
        ]
    )


def main() -> None:
    """Write the page, or check it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/measures.md is not current: run python -m explorer.analysis.catalogue")


if __name__ == "__main__":
    main()
