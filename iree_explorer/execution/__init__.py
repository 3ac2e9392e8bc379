"""Numbers: runs stream IR on numpy, as the schedule says, and records what ran when."""

from iree_explorer.execution.check import CheckResult, check
from iree_explorer.execution.debugging.debug import debug
from iree_explorer.execution.debugging.debugger import Debugger
from iree_explorer.execution.debugging.stops import Stop
from iree_explorer.execution.interrupts import Interrupt
from iree_explorer.execution.options import BACKENDS
from iree_explorer.execution.parameters import open_parameters, save_parameters
from iree_explorer.execution.program import Program
from iree_explorer.execution.recording.span import Span
from iree_explorer.execution.recording.timeline import Timeline
from iree_explorer.execution.result import RunResult
from iree_explorer.execution.run import run, signature
from iree_explorer.execution.values.signature import Signature
from iree_explorer.execution.values.text import format_result, parse_input, parse_inputs

__all__ = [
    "BACKENDS",
    "CheckResult",
    "Debugger",
    "Interrupt",
    "Program",
    "RunResult",
    "Signature",
    "Span",
    "Stop",
    "Timeline",
    "check",
    "debug",
    "format_result",
    "open_parameters",
    "parse_input",
    "parse_inputs",
    "run",
    "save_parameters",
    "signature",
]
