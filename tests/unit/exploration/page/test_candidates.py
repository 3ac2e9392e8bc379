"""Rows of the tables of candidates."""

from __future__ import annotations

from typing import Any

from iree_explorer.exploration.page.candidates import MANY_RUNS, CandidateTables, Wording
from iree_explorer.exploration.page.columns import rows, table
from iree_explorer.partitioning.trace.reasons import Candidate, Ordinals, Why
from iree_explorer.partitioning.trace.steps import Placed, Weighed

TOO_LATE = Why("downstream", (1,))


def test_a_row_of_neighbours_gives_the_reason_alone() -> None:
    (row,) = _rows(Candidate(Ordinals(0, 4), "refused", TOO_LATE))
    assert (row["partition"], row["last"]) == (0, 3)
    assert row["because"] == "too late, as %1 needs the op's result"


def test_few_runs_have_a_row_each() -> None:
    found = _rows(Candidate(Ordinals.of_runs([(0, 1), (3, 4)]), "refused", TOO_LATE))
    assert [(row["partition"], row.get("last")) for row in found] == [(0, 1), (3, 4)]


def test_many_runs_share_a_row_that_says_how_many_they_are() -> None:
    scattered = Ordinals.of_runs([(2 * run, 2 * run) for run in range(MANY_RUNS + 1)])
    (row,) = _rows(Candidate(scattered, "refused", TOO_LATE))
    assert (row["partition"], row["last"]) == (0, 2 * MANY_RUNS)
    assert row["because"].startswith(f"{MANY_RUNS + 1} of these waves: too late")


def test_the_one_that_is_chosen_says_why_too() -> None:
    chosen = Candidate(Ordinals(2, 3), "chosen")
    assert _rows(chosen)[0]["because"] == ""
    assert _rows(chosen, Placed(7, 2, "first candidate"))[0]["because"] == "the first wave that may take it"
    (row,) = _rows(Candidate(Ordinals(0, 1), "refused", TOO_LATE), Placed(7, 2, "first candidate"))
    assert row["because"].startswith("too late")


def _rows(candidate: Candidate, placed: Placed | None = None) -> list[dict[str, Any]]:
    tables = CandidateTables()
    tables.add(0, Weighed(7, (), (candidate,)), Wording({1: "%1"}, "wave", {}), placed)
    (found,) = rows(table(1, {"candidates": tables.column()}))
    return found["candidates"]
