"""Names in a picture: never over one another, never outside."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.pictures.labels import FONT, LETTER, MARGIN, Box, Spot, placed

WIDTH, HEIGHT = 800.0, 500.0
SPOTS = st.lists(
    st.builds(
        Spot, st.floats(0, WIDTH), st.floats(0, HEIGHT), st.floats(2, 30),
        st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=30),
    ), max_size=40,
)  # fmt: skip


def box(spot: Spot, side: str) -> Box:
    """The room of a name, by the rule of the module: letters times their mean width, beside the circle."""
    wide, high, gap = len(spot.name) * LETTER, FONT + MARGIN, spot.radius + 4
    left = {"right": spot.x + gap, "left": spot.x - gap - wide}.get(side, spot.x - wide / 2)
    top = {"top": spot.y - gap - high, "bottom": spot.y + gap}.get(side, spot.y - high / 2)
    return left, top, left + wide, top + high


def covers(one: Box, other: Box, slack: float = 1e-6) -> bool:
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


@given(SPOTS, st.integers(0, 20))
def test_names_never_cover_one_another_and_stay_inside(spots: list[Spot], first: int) -> None:
    sides = placed(spots, WIDTH, HEIGHT, first=first)

    boxes = [box(spots[place], side) for place, side in sides.items()]
    for place, one in enumerate(boxes):
        assert not any(covers(one, other) for other in boxes[place + 1 :])
        assert one[0] >= -1e-6
        assert one[1] >= -1e-6
        assert one[2] <= WIDTH + 1e-6
        assert one[3] <= HEIGHT + 1e-6


@given(SPOTS)
def test_a_less_important_name_never_hides_a_circle(spots: list[Spot]) -> None:
    sides = placed(spots, WIDTH, HEIGHT, first=0)

    for place, side in sides.items():
        own = box(spots[place], side)
        for other, spot in enumerate(spots):
            circle = (spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius)
            assert other == place or not covers(own, circle)


def test_a_name_with_room_stands_on_the_right() -> None:
    assert placed([Spot(100, 100, 5, "Arnhem")], WIDTH, HEIGHT) == {0: "right"}


def test_a_name_at_the_right_edge_goes_to_the_left() -> None:
    assert placed([Spot(WIDTH - 10, 100, 5, "Arnhem")], WIDTH, HEIGHT) == {0: "left"}


def test_the_more_important_of_two_at_one_place_is_named_first() -> None:
    spots = [Spot(100, 100, 5, "Arnhem"), *[Spot(100, 100, 5, "Nijmegen")] * 8]

    sides = placed(spots, WIDTH, HEIGHT)

    assert sides[0] == "right"
    assert len(sides) == 4  # one on each side; the others show on hover


def test_no_more_are_named_than_asked_for() -> None:
    spots = [Spot(40 + 90 * (place % 8), 30 + 60 * (place // 8), 3, "Ede") for place in range(48)]

    assert len(placed(spots, WIDTH, HEIGHT, most=5)) == 5
    assert list(placed(spots, WIDTH, HEIGHT, most=5)) == [0, 1, 2, 3, 4]


def test_a_name_that_fits_nowhere_is_left_out() -> None:
    assert placed([Spot(50, 50, 5, "A name much longer than the drawing is wide")], 100, 100) == {}


def test_nothing_to_name_names_nothing() -> None:
    assert placed([], WIDTH, HEIGHT) == {}
