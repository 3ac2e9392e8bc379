"""Pipelines as texts: ours takes those that the real tool takes, does what it does, and refuses the others in its words."""

import pytest

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle

EXECUTION = "iree-stream-schedule-execution"
CONCURRENCY = "iree-stream-schedule-concurrency"
TEXTS = (
    "builtin.module()",
    f"builtin.module(util.func({EXECUTION}))",
    f"  builtin.module ( util.func( {EXECUTION} , {CONCURRENCY} ) ,cse )",
    f"builtin.module(any({EXECUTION}))",
    f"any(any({EXECUTION}),util.func({CONCURRENCY}))",
    f"any({EXECUTION})",
    f"builtin.module({EXECUTION})",
    f"builtin.module({CONCURRENCY})",
    f"builtin.module(util.global({EXECUTION}))",
    f"builtin.module(scf.for({CONCURRENCY}))",
    f"builtin.module(stream.async.execute({CONCURRENCY}))",
    f"builtin.module(none.such({EXECUTION}))",
    f"builtin.module(stream.cmd.func({EXECUTION}),hal.executable.condition({EXECUTION}))",
    "builtin.module(builtin.module(cse))",
    "builtin.module(canonicalize{max-iterations=1 region-simplify=disabled top-down=false})",
    "builtin.module(canonicalize{none=1})",
    "builtin.module(cse{none=1})",
    "builtin.module(none)",
    "builtin.module(cse,)",
    "builtin.module(cse))",
    "builtin.module(util.func(cse)",
    "builtin.module(cse",
    "util.func(cse)",
    "cse",
    "",
)
PROGRAM = """util.global private @g : i32
util.func public @main(%v: i8, %size: index) -> !stream.resource<external> {
  %c0 = arith.constant 0 : index
  %c0_again = arith.constant 0 : index
  %0 = stream.async.splat %v : i8 -> !stream.resource<external>{%size}
  %1 = stream.async.dispatch @ex::@a(%0[%c0 to %size for %size]) : (!stream.resource<external>{%size}) -> !stream.resource<external>{%size}
  %2 = stream.async.dispatch @ex::@b(%0[%c0_again to %size for %size]) : (!stream.resource<external>{%size}) -> !stream.resource<external>{%size}
  %3 = stream.async.dispatch @ex::@c(%1[%c0 to %size for %size], %2[%c0 to %size for %size]) : (!stream.resource<external>{%size}, !stream.resource<external>{%size}) -> !stream.resource<external>{%size}
  util.return %3 : !stream.resource<external>
}
"""


@pytest.mark.parametrize("text", TEXTS)
def test_pipelines_do_what_they_do_in_the_real_tool(text: str) -> None:
    expected, messages = oracle.iree_opt(PROGRAM, f"--pass-pipeline={text}")
    module = parse(PROGRAM)
    if expected is not None:
        run_pipeline(module, text)
        assert print_module(module.op).rstrip("\n") == expected.rstrip("\n")
        return
    with pytest.raises(ExplorerError) as caught:
        run_pipeline(module, text)
    # The real tool counts from where the module's own passes begin, and tells of options in two lines.
    words = messages.partition("error: ")[2].splitlines()[0]
    assert words.rpartition(": error: ")[2] in str(caught.value)
