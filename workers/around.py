"""What surrounds every task: its ids in each line of the log, its span in a trace, its time in the figures."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from typing import Any

from celery import Task, signals, states

from storydiff import tracing
from storydiff.errors import BadSetting
from storydiff.logs import about, set_up
from storydiff.serving.bell import TICK
from storydiff.serving.metrics import TASKS, show_on
from storydiff.settings import Settings
from storydiff.tracing import Span

CARRIED = ("traceparent", "tracestate")
"""The headers of a message that carry a trace."""
log = logging.getLogger(__name__)
_open: dict[str, Around] = {}
"""Task id -> what is put round the task that runs now."""


@dataclass(frozen=True, slots=True)
class Around:
    """What ends with a task."""

    stack: ExitStack
    span: Span
    kind: str
    begun: float


@signals.setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def log_as_json(loglevel: int = logging.INFO, **_: Any) -> None:
    """Instead of Celery's own set-up, in workers and in the clock."""
    set_up(loglevel or logging.INFO)


@signals.worker_process_init.connect  # type: ignore[untyped-decorator]
@signals.worker_init.connect  # type: ignore[untyped-decorator]
def trace(**_: Any) -> None:
    """Trace the tasks of this process: set up anew in each child, since spans are sent by a thread."""
    try:
        tracing.set_up(Settings.from_env().otlp_url, "worker")
    except BadSetting as error:
        log.error("nothing is traced: %s", error)  # noqa: TRY400  the message says all


@signals.worker_ready.connect  # type: ignore[untyped-decorator]
def show_figures(**_: Any) -> None:
    """Show the figures of all processes of this worker, where a port is set for them."""
    port = Settings.from_env().metrics_port
    try:
        if port:
            show_on(port)
    except OSError as error:
        log.warning("figures cannot be shown on port %d: %s", port, error)


@signals.worker_process_shutdown.connect  # type: ignore[untyped-decorator]
@signals.worker_shutdown.connect  # type: ignore[untyped-decorator]
def stop_tracing(**_: Any) -> None:
    """Send what was not sent yet."""
    tracing.close()


@signals.task_prerun.connect  # type: ignore[untyped-decorator]
def begin(task_id: str, task: Task, args: Sequence[str] = (), **_: Any) -> None:
    """Name the task, and the newsroom and story that it is for, in all that it logs and in its span."""
    newsroom, story = args if len(args) == 2 else ("", "")
    ids = {"task": task_id, "kind": task.name.removeprefix("storydiff."), "newsroom": newsroom, "story": story}
    stack = ExitStack()
    stack.enter_context(about(**ids))
    _open[task_id] = Around(stack, stack.enter_context(_span(task, ids)), ids["kind"], time.monotonic())


@signals.task_postrun.connect  # type: ignore[untyped-decorator]
def end(task_id: str, state: str = "", **_: Any) -> None:
    """The task is over, however it ended; how it failed has been logged by then."""
    found = _open.pop(task_id, None)
    if found is not None:
        TASKS.labels(found.kind, state.lower() or "unknown").observe(time.monotonic() - found.begun)
        found.span.note(state=state or "unknown", failed=state == states.FAILURE)
        found.stack.close()


def _span(task: Task, ids: Mapping[str, str]) -> AbstractContextManager[Span]:
    """The span of a task, after what rang for it. A tick of the clock is nobody's doing, and not traced."""
    after = {name: value for name in CARRIED if (value := getattr(task.request, name, None))}
    if task.name == TICK and not after:
        return tracing.NOTHING
    told = {f"storydiff.{name}": value for name, value in ids.items()}
    return tracing.span(ids["kind"], kind="consumer", after=after, **told)


@signals.task_retry.connect  # type: ignore[untyped-decorator]
def again(reason: object = None, **_: Any) -> None:
    """Say that a task is tried again: mostly because the database is away."""
    log.warning("tried again: %s", reason)
