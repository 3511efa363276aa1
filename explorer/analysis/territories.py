"""Regions in one another: what lies above and below each."""

from collections.abc import Iterable

import pandas as pd


class Territories:
    """The tree of regions.

    Parameters
    ----------
    regions
        Columns id, name, kind, parent_id (None at the top).
    """

    def __init__(self, regions: pd.DataFrame) -> None:
        plain = regions[["id", "name", "kind", "parent_id"]]
        self.names: dict[str, str] = dict(zip(plain["id"], plain["name"], strict=True))
        self.kinds: dict[str, str] = dict(zip(plain["id"], plain["kind"], strict=True))
        self._parent = {i: p for i, p in zip(plain["id"], plain["parent_id"], strict=True) if isinstance(p, str)}
        self._children: dict[str, list[str]] = {}
        for child, parent in self._parent.items():
            self._children.setdefault(parent, []).append(child)

    def above(self, region: str) -> list[str]:
        """The regions that contain `region`, nearest first; empty at the top."""
        found: list[str] = []
        while (region := self._parent.get(region, "")) and region not in found:
            found.append(region)
        return found

    def within(self, region: str) -> set[str]:
        """`region` and everything below it, at any depth."""
        found, waiting = {region}, [region]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def within_any(self, regions: Iterable[str]) -> set[str]:
        """Everything in any of `regions`."""
        return set().union(*(self.within(region) for region in regions))

    def path(self, region: str) -> str:
        """The region's name with the names of what it lies in: ``Arnhem, Gelderland, Netherlands``."""
        return ", ".join(self.names.get(step, step) for step in [region, *self.above(region)])
