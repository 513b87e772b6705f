"""What follows from a mail server's answer."""

from __future__ import annotations

import pytest

from storydiff.digest.send import GIVE_UP, LADDER, Reply, Stage, outcome
from storydiff.store import DigestState
from tests.builders import at

NOW = at(4, "07:00")


@pytest.mark.parametrize(("code", "state"), [(0, "waiting"), (421, "waiting"), (499, "waiting"), (500, "failed")])
@pytest.mark.parametrize("stage", [Stage.RECIPIENT, Stage.REFUSED])
def test_five_hundred_is_final(stage: Stage, code: int, state: str) -> None:
    """From 500 on a server has made up its mind; before, the mail waits. Only a refused recipient is paused."""
    made = outcome(Reply(stage, code, "No."), 0, NOW)
    assert made.state == state
    assert bool(made.pause) == (stage is Stage.RECIPIENT and state == "failed")
    assert (made.due is None) == (state == "failed")


def test_a_passing_failure_is_tried_along_the_ladder() -> None:
    """Each try waits longer, and the last one fails for good."""
    broken = Reply(Stage.BROKEN)
    assert [outcome(broken, tries, NOW).due for tries in range(len(LADDER))] == [NOW + pause for pause in LADDER]
    assert outcome(broken, GIVE_UP - 1, NOW).state is DigestState.FAILED


def test_what_nobody_can_know_is_said() -> None:
    """A server that may have the mail leaves it waiting, and unknown; one that has it ends it."""
    unknown = outcome(Reply(Stage.UNKNOWN), 0, NOW)
    assert (unknown.state, unknown.known) == (DigestState.WAITING, False)
    assert outcome(Reply(Stage.ACCEPTED, 250), 0, NOW).state is DigestState.SENT
