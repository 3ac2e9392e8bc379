"""Where the CPU time of `iree-explorer opt` goes, step by step: `python -m bench.breakdown FILE`. One JSON line, seconds.

The passes run a second time with a trace recorded, for the ratio.
"""

# ruff: noqa: E402 (the command is imported first)
import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from iree_explorer.cli.main import load_command

load_command("opt", ends_process=True)  # before anything else is imported, as the command does

from iree_explorer.partitioning.trace.recording import OpIds, Recorder
from iree_explorer.passes import schedule_concurrency, schedule_execution
from iree_explorer.passes.pipeline import function_by_function, run_pipeline
from iree_explorer.syntax import parse, print_module

PIPELINE = function_by_function(
    schedule_execution.ScheduleExecutionPass(), schedule_concurrency.ScheduleConcurrencyPass()
)


class Watch:
    """Adds up the CPU time of each step."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, its time added to `step`."""

        def run(*arguments: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                self.seconds[step] += time.process_time() - start

        return run


def main() -> int:
    """Runs the command's steps on the file that the command line names."""
    watch = Watch()
    watch.seconds["start"] = time.process_time()
    gc.disable()
    text = Path(sys.argv[1]).read_text()
    module = watch.timed("parse", parse)(text)
    execution = cast("Any", schedule_execution)
    concurrency = cast("Any", schedule_concurrency)
    execution._clean_up = watch.timed("clean-up", execution._clean_up)
    concurrency.ScheduleConcurrencyPass.apply = watch.timed("concurrency", concurrency.ScheduleConcurrencyPass.apply)
    watch.timed("passes", run_pipeline)(module, PIPELINE)
    watch.timed("print", print_module)(module.op)
    plain = dict(watch.seconds)
    again = parse(text)
    watch.timed("traced", _traced)(again)
    found = {step: plain[step] for step in ("start", "parse", "clean-up", "concurrency", "print")}
    found["execution"] = plain["passes"] - plain["clean-up"] - plain["concurrency"]
    found["trace ratio"] = watch.seconds["traced"] / plain["passes"]
    print(json.dumps({step: round(value, 2) for step, value in found.items()}))
    return 0


def _traced(module: Any) -> None:
    run_pipeline(module, PIPELINE, Recorder(OpIds(module.op)))


if __name__ == "__main__":
    raise SystemExit(main())
