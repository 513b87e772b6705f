"""What surrounds every task: its ids in each line of the log, and a line when it is tried again or fails."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from celery import Task, signals

from storydiff.logs import about, set_up

log = logging.getLogger(__name__)
_open: dict[str, AbstractContextManager[None]] = {}
"""Task id -> what is put round the task that runs now."""


@signals.setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def log_as_json(loglevel: int = logging.INFO, **_: Any) -> None:
    """Instead of Celery's own set-up, in workers and in the clock."""
    set_up(loglevel or logging.INFO)


@signals.task_prerun.connect  # type: ignore[untyped-decorator]
def begin(task_id: str, task: Task, args: Sequence[str] = (), **_: Any) -> None:
    """Name the task in all that it logs, and the newsroom and story that it is for."""
    newsroom, story = args if len(args) == 2 else ("", "")
    _open[task_id] = about(task=task_id, kind=task.name.removeprefix("storydiff."), newsroom=newsroom, story=story)
    _open[task_id].__enter__()


@signals.task_postrun.connect  # type: ignore[untyped-decorator]
def end(task_id: str, **_: Any) -> None:
    """The task is over, however it ended; how it failed has been logged by then."""
    found = _open.pop(task_id, None)
    if found is not None:
        found.__exit__(None, None, None)


@signals.task_retry.connect  # type: ignore[untyped-decorator]
def again(reason: object = None, **_: Any) -> None:
    """Say that a task is tried again: mostly because the database is away."""
    log.warning("tried again: %s", reason)
