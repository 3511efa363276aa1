"""Survival analysis, checked against published analyses and hand arithmetic."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from explorer.analysis.diffusion import survival

# Remission of leukaemia in weeks: Freireich et al. (1963), Blood 21:699-716, 6-MP and placebo.
DRUG = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], dtype=float)
DRUG_EVENT = np.array([True] * 9 + [False] * 12)
PLACEBO = np.array([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], dtype=float)


def test_the_curve_is_that_published_for_the_leukaemia_trial() -> None:
    curve = survival.kaplan_meier(DRUG, DRUG_EVENT)

    # As tabled by Kleinbaum & Klein, Survival Analysis: A Self-Learning Text; e.g. S(10) = 18/21 x 16/17 x 14/15 = .753
    assert curve["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve["events"].tolist() == [3, 1, 1, 1, 1, 1, 1]
    still = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert (1 - curve["share"]).round(3).tolist() == still


def test_its_interval_is_greenwoods_on_the_log_log_scale() -> None:
    curve = survival.kaplan_meier(DRUG, DRUG_EVENT)

    # At 10 weeks: variance of log S = 3/(21x18) + 1/(17x16) + 1/(15x14) = .016375; S = .7529.
    spread = np.exp(1.96 * np.sqrt(3 / (21 * 18) + 1 / (17 * 16) + 1 / (15 * 14)) / abs(np.log(0.752941)))
    at_ten = curve[curve["time"] == 10].iloc[0]
    assert 1 - at_ten["high"] == pytest.approx(0.752941**spread, abs=1e-4)  # .503
    assert 1 - at_ten["low"] == pytest.approx(0.752941 ** (1 / spread), abs=1e-4)  # .889


def test_the_median_remission_is_23_weeks_and_has_no_upper_limit() -> None:
    median = survival.median(survival.kaplan_meier(DRUG, DRUG_EVENT))

    assert (median.value, median.low) == (23, 13)  # the lower limit of S passes a half at 13 weeks: .432
    assert np.isnan(median.high)  # the upper limit of S is .68 at the last relapse


def test_a_median_of_exactly_a_half_is_reached() -> None:
    # Two of four at 1: S = .5, whatever floating point makes of it.
    curve = survival.kaplan_meier(np.array([1.0, 1.0, 5.0, 5.0]), np.array([True, True, False, False]))

    assert survival.median(curve).value == 1


def test_who_enters_late_is_not_at_risk_before() -> None:
    # At 2 a goes, of a and c (b enters at 3); at 5 b goes, of b and c: S = 1/2, then 1/4.
    time, event = np.array([2.0, 5.0, 9.0]), np.array([True, True, False])
    curve = survival.kaplan_meier(time, event, np.array([0.0, 3.0, 0.0]))

    assert curve["at_risk"].tolist() == [2, 2]
    assert curve["share"].tolist() == pytest.approx([0.5, 0.75])


def cox_rows(parts: Sequence[tuple[np.ndarray, np.ndarray]], entry: float = 0.0) -> pd.DataFrame:
    rows = [
        pd.DataFrame({"stratum": 0, "state": state, "start": entry, "stop": time, "event": event})
        for state, (time, event) in enumerate(parts)
    ]
    return pd.concat(rows, ignore_index=True)


def test_the_hazard_ratio_is_that_known_for_the_leukaemia_trial() -> None:
    # Placebo against 6-MP, the data of Cox (1972), ties by Efron: log hazard ratio 1.572, standard error .412.
    slope, error = survival.cox(cox_rows([(DRUG, DRUG_EVENT), (PLACEBO, np.ones(21, dtype=bool))]))

    assert slope[0] == pytest.approx(1.572, abs=5e-4)
    assert error[0] == pytest.approx(0.412, abs=5e-4)


def test_a_hazard_ratio_by_hand() -> None:
    # At 1 one of state 1 goes: of 1 in state 1 and 2 in state 0. One more enters state 1 at 1, in time for 2:
    # there one of state 0 goes, of 2 in state 0 and 1 in state 1. With e the ratio, 1 - 2 e / (2 + e) = 0: e = 2.
    rows = pd.DataFrame(
        [(0, 1, 0.0, 1.0, True), (0, 0, 0.0, 3.0, False), (0, 0, 0.0, 2.0, True), (0, 1, 1.0, 3.0, False)],
        columns=["stratum", "state", "start", "stop", "event"],
    )

    slope, error = survival.cox(rows)

    assert np.exp(slope[0]) == pytest.approx(2)
    assert error[0] == pytest.approx(np.sqrt(2))  # at e = 2 each event adds p (1 - p) = 1/4 to the information


def test_cox_agrees_with_a_general_program_on_ties_strata_and_late_entry() -> None:
    from statsmodels.duration.hazard_regression import PHReg

    rng = np.random.default_rng(5)
    n = 300
    start = rng.integers(0, 6, n) + 0.5  # never at an event: there that program counts an entry as at risk, we do not
    rows = pd.DataFrame(
        {
            "stratum": rng.integers(0, 4, n),
            "state": rng.integers(0, 3, n),
            "start": start,
            "stop": start + rng.integers(1, 8, n) - 0.5,
            "event": rng.random(n) < 0.6,
        }
    )
    slope, error = survival.cox(rows)

    dummies = np.column_stack([rows["state"] == 1, rows["state"] == 2]).astype(float)
    model = PHReg(
        rows["stop"].to_numpy(),
        dummies,
        status=rows["event"].astype(float).to_numpy(),
        entry=rows["start"].to_numpy(),
        strata=rows["stratum"].to_numpy(),
        ties="efron",
    ).fit()
    assert slope == pytest.approx(model.params, abs=1e-5)
    assert error == pytest.approx(model.bse, abs=1e-5)


def test_a_likelihood_that_rises_for_ever_gives_no_ratio() -> None:
    # All in state 1 go before anyone in state 0.
    one, other = (np.full(5, 1.0), np.ones(5, dtype=bool)), (np.full(5, 2.0), np.ones(5, dtype=bool))

    slope, error = survival.cox(cox_rows([other, one]))

    assert np.isnan(slope).all()
    assert np.isnan(error).all()


def test_rates_have_exact_poisson_intervals() -> None:
    # Garwood (1936): of 10 events the 95% limits are 4.795 and 18.390; of none 0 and 3.689.
    ten, none = survival.poisson_rate(10, 100.0, per=100), survival.poisson_rate(0, 100.0, per=100)

    assert (ten.value, round(ten.low, 3), round(ten.high, 3)) == (10, 4.795, 18.390)
    assert (none.value, none.low, round(none.high, 3)) == (0, 0, 3.689)
    assert np.isnan(survival.poisson_rate(0, 0.0).value)
