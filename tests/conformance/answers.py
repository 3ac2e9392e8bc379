"""What a tool answers to a program: its text, or the place and words of its first error. Both tools must answer the same."""

from __future__ import annotations

from iree_explorer.errors import ExplorerError
from iree_explorer.passes.pipeline import run_pipeline
from iree_explorer.syntax import parse, print_module
from tests.conformance import oracle
from tests.fuzz.compare import first_error


def real_answer(text: str, passes: str = "none") -> str:
    """The real tool's answer.

    Raises:
        AssertionError: it died.
    """
    accepted, messages = oracle.iree_opt(text, f"--pass-pipeline={oracle.pipeline(passes)}")
    assert not any(words in messages for words in oracle.CRASHED)
    return accepted.rstrip() if accepted is not None else ": ".join(first_error(messages.replace("\0", "")))


def our_answer(text: str, passes: str = "none") -> str:
    """Our answer."""
    try:
        module = parse(text)
        run_pipeline(module, oracle.pipeline(passes))
    except ExplorerError as error:
        return ": ".join(first_error(str(error)))
    return print_module(module.op, external=module.external).rstrip()
