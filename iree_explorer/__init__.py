"""See why IREE's stream passes schedule a program as they do: load it, step through it, draw it, run it.

    import iree_explorer as ie

    module = ie.load("model.mlir")         # also a text, an https:// URL, a sample such as ie.samples.transformer
    ie.explore(module)                     # the stepper, in a notebook; .to_html("page.html") writes an offline page
    scheduled = ie.schedule(module)        # .module, .trace, .text
    result = ie.run(scheduled, "main", x)  # .outputs, .timeline
    ie.debug(scheduled, "main", x)         # the same run op by op: breakpoints, values, .step()
    ie.compare(module, favor="debug")      # two schedules side by side: the program's own, and one that favors debugging
    ie.survey(programs, favor="debug")     # the same of many programs: a table of figures
    ie.check(tests)                        # runs the functions of a module that uses IREE's `check` dialect

`samples` holds programs to begin with. `open_parameters` and `save_parameters` read and write the files of parameters that
programs name. `register_partitioner` adds a partitioning algorithm. Every error that is raised on purpose is an
`ExplorerError`.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from iree_explorer import samples as samples
    from iree_explorer.errors import ExecutionError, ExplorerError, InputError, PartitionerError, PassError, SourceError
    from iree_explorer.execution import check, debug, open_parameters, run, save_parameters
    from iree_explorer.exploration import compare, survey
    from iree_explorer.frontends import load
    from iree_explorer.partitioning import register_partitioner
    from iree_explorer.passes.schedule import schedule
    from iree_explorer.widgets import explore

__all__ = [
    "ExecutionError",
    "ExplorerError",
    "InputError",
    "PartitionerError",
    "PassError",
    "SourceError",
    "check",
    "compare",
    "debug",
    "explore",
    "load",
    "open_parameters",
    "register_partitioner",
    "run",
    "samples",
    "save_parameters",
    "schedule",
    "survey",
]

# Imported when first used: the command line starts in a tenth of a second, and no part waits for another's packages.
_HOMES = {
    "ExecutionError": "errors",
    "ExplorerError": "errors",
    "InputError": "errors",
    "PartitionerError": "errors",
    "PassError": "errors",
    "SourceError": "errors",
    "check": "execution",
    "debug": "execution",
    "compare": "exploration",
    "explore": "widgets",
    "load": "frontends",
    "open_parameters": "execution",
    "register_partitioner": "partitioning",
    "run": "execution",
    "save_parameters": "execution",
    "schedule": "passes.schedule",
    "survey": "exploration",
}


def __getattr__(name: str) -> object:
    if name == "samples":
        return importlib.import_module("iree_explorer.samples")
    if name not in _HOMES:
        raise AttributeError(f"module 'iree_explorer' has no attribute {name!r}")
    return getattr(importlib.import_module(f"iree_explorer.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """`%load_ext iree_explorer` in a notebook: brings `%%stream_explore`."""
    from iree_explorer.widgets.magics import register

    register(shell)
