"""Which names fit in a picture: placed greedily, the best-connected first, never over a circle or another name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FONT = 11.0  # pixels
LETTER = 0.56 * FONT  # mean width of a letter of the body face
MARGIN = 2.0


@dataclass(frozen=True)
class Spot:
    """A circle that may carry a name, in pixels of the drawing."""

    x: float
    y: float
    radius: float
    name: str


Box = tuple[float, float, float, float]  # left, top, right, bottom


def placed(spots: Sequence[Spot], width: float, height: float, *, first: int = 14, most: int = 60) -> dict[int, str]:
    """Side of the circle on which each name is written.

    Parameters
    ----------
    spots
        The most important first.
    width, height
        Of the drawing; names stay inside it.
    first
        So many of the most important are named even where their names must lie
        over other circles, on the side that hides least; the rest only where
        there is room.

    Returns
    -------
    dict
        Place in `spots` to "right", "left", "top" or "bottom"; a name that fits
        nowhere is missing (it shows on hover).
    """
    circles = np.array([(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots]).reshape(-1, 4)
    lefts, tops, rights, bottoms = circles.T
    taken: list[Box] = []
    sides: dict[int, str] = {}
    for place, spot in enumerate(spots):
        if len(sides) == most:
            break
        choices = []
        for order, (side, box) in enumerate(_boxes(spot)):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_hit(box, other) for other in taken):
                over = (box[0] < rights) & (lefts < box[2]) & (box[1] < bottoms) & (tops < box[3])
                choices.append((int(over.sum()), order, side, box))
        if choices and (place < first or min(choices)[0] == 0):
            _hidden, _order, side, box = min(choices)
            taken.append(box)
            sides[place] = side
    return sides


def _boxes(spot: Spot) -> list[tuple[str, Box]]:
    wide, high, gap = len(spot.name) * LETTER, FONT + MARGIN, spot.radius + 4
    return [
        ("right", (spot.x + gap, spot.y - high / 2, spot.x + gap + wide, spot.y + high / 2)),
        ("left", (spot.x - gap - wide, spot.y - high / 2, spot.x - gap, spot.y + high / 2)),
        ("top", (spot.x - wide / 2, spot.y - gap - high, spot.x + wide / 2, spot.y - gap)),
        ("bottom", (spot.x - wide / 2, spot.y + gap, spot.x + wide / 2, spot.y + gap + high)),
    ]


def _hit(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
