"""Who came to see which approach, and whether it was in use there."""

from spread_shelf import Step, Visit, story

from explorer.analysis.spread.attendance import attendances


def test_a_host_learns_from_the_other_host_of_one_visit() -> None:
    came = attendances(story((), [("v", "2018", ["A", "B"], ["A", "B"])]))

    assert came[["region_id", "in_use"]].to_numpy().tolist() == [["A", False], ["B", True]]


def test_a_visit_shows_what_was_in_use_at_its_hosts_by_then() -> None:
    # C took it over in June 2019: whether that was before a visit of "2019" is open.
    steps: list[Step] = [("B", "2017"), ("C", "2019-06")]
    visits: list[Visit] = [
        ("at the ministry", "2018", ["NL"], ["D"]),
        ("at B", "2018", ["B"], ["D"]), ("at C", "2018", ["C"], ["D"]), ("year of C", "2019", ["C"], ["D"]),
        ("in its province", "2018", ["GE"], ["D"]), ("nowhere", "2018", [], ["D"]),
    ]  # fmt: skip
    evidence = story(steps, visits, began="2015")

    came = attendances(evidence).set_index("visit_id")["in_use"]

    assert came.to_dict() == {
        "at the ministry": False, "at B": True, "at C": False,
        "year of C": True, "in its province": True, "nowhere": False,
    }  # fmt: skip


def test_nobody_is_shown_what_it_has_itself() -> None:
    # D has it, and its province tells of it: to C that is a showing, to D it is not.
    evidence = story([("D", "2017")], [("v", "2018", ["UT"], ["C", "D"])])

    came = attendances(evidence).set_index("region_id")["in_use"]

    assert came.to_dict() == {"C": True, "D": False}
