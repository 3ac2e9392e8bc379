"""Ops that move parameters: the archive has what they read, and no two write the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import Rewriter

from tests.conformance.rewriting import (
    EXTERNAL,
    SIZE,
    copied_after,
    copy_of,
    fit,
    fixed,
    places,
    sized,
    splice,
)

if TYPE_CHECKING:
    from tests.conformance.runnable import One

PART: Final = SIZE // 4
"""Bytes of each part of a gather."""

Rewrite: TypeAlias = "Callable[[One, Operation], None]"


def _parameters(one: One, op: Operation) -> None:
    sized(op)
    where = places(op)
    for kind in ("source", "target"):
        for single in (f"{kind}_offset", f"{kind}_offsets"):
            ends = where.get(single.replace("offset", "end"), [])
            lengths = where.get(single.replace("offset", "length"), [])
            for first, last, length in zip(where.get(single, []), ends, lengths, strict=False):
                fit(op, first, last, length)
    scopes = [_text_of(op.operands[n]) for name, numbers in where.items() if name.endswith("_scope") for n in numbers]
    keys = [_text_of(op.operands[n]) for name, numbers in where.items() if "_key" in name for n in numbers]
    for key in keys:
        one.keys.setdefault(scopes[0] if scopes else "", {})[key] = None


def _loads_parameters(one: One, op: Operation) -> None:
    _parameters(one, op)
    for use in list(op.results[0].uses):
        if use.operation.name == "stream.timepoint.await":
            copied_after(use.operation.results[use.index])


def _reads_parameters(one: One, op: Operation) -> None:
    """IREE gives the resource no copy where the op changes it in place and others use it too: it gets one here."""
    _parameters(one, op)
    _alone(op, places(op)["target"][0])


def _gathers_parameters(one: One, op: Operation) -> None:
    """IREE reads all parts of a gather at once: each goes to bytes of its own."""
    _reads_parameters(one, op)
    where = places(op)
    targets = zip(where["target_offsets"], where["target_ends"], where["target_lengths"], strict=True)
    for number, target in enumerate(targets):
        start = number * PART
        assert start < SIZE
        for place, value in zip(target, (start, start + PART, PART), strict=True):
            op.operands[place] = splice(op, f"%0 = arith.constant {value} : index")[0]


def _alone(op: Operation, number: int) -> list[SSAValue]:
    """Gives an op on parameters a resource with memory of its own: of parts of other memory the lowering counts bytes wrong.

    What it gives, once that is there.
    """
    op.operands[number] = copy_of(op, op.operands[number], EXTERNAL)
    Rewriter.replace_value_with_new_type(op.results[0], EXTERNAL)
    awaited: list[SSAValue] = []
    for use in list(op.results[0].uses):
        wait = use.operation
        assert wait.name == "stream.timepoint.await"
        assert wait.next_op is not None
        fixed(wait.next_op, wait.results[use.index])
        awaited.append(wait.results[use.index])
    return awaited


def _text_of(value: SSAValue) -> str:
    owner = value.owner
    assert isinstance(owner, Operation)
    text = owner.properties["value"]
    assert isinstance(text, StringAttr)
    return text.data


def _writes_parameters(one: One, op: Operation) -> None:
    """Nothing orders writes of one parameter by two ops: each op has parameters of its own."""
    _parameters(one, op)
    where = places(op)
    for value in _alone(op, where["source"][0]):
        _keep(value)
    for name, numbers in where.items():
        for n in numbers if "_key" in name else ():
            one.written += 1
            key = f"out{one.seed}_{one.written}"
            op.operands[n] = splice(op, f'%0 = util.buffer.constant : !util.buffer = "{key}"')[0]
    _parameters(one, op)


def _keep(value: SSAValue) -> None:
    """Uses a resource: the clean-up of both tools drops writes whose resource nobody uses afterwards."""
    owner = value.owner
    assert isinstance(owner, Operation)
    assert owner.next_op is not None
    splice(owner.next_op, f"%0 = util.optimization_barrier %r : {value.type}", r=value)


REWRITES: dict[str, Rewrite] = {
    "stream.async.parameter.load": _loads_parameters,
    "stream.async.parameter.read": _reads_parameters,
    "stream.async.parameter.gather": _gathers_parameters,
    **{f"stream.async.parameter.{name}": _writes_parameters for name in ("write", "scatter")},
}
