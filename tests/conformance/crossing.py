"""Programs crossed with one another: the ops of several small functions in one block, with some operands exchanged for others.

Each function is written for one rule or two of the clean-up; in one block, with operands of one another, rules meet that nobody
would have thought of together. Not all of it is valid: then the real tool and ours both refuse.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from xdsl.ir import Block, Operation, SSAValue
from xdsl.traits import IsolatedFromAbove

from iree_explorer.syntax import parse, print_module

PROGRAMS = Path(__file__).parents[1] / "unit" / "passes" / "canonicalize" / "programs"
SEPARATOR = "\n// -----\n"
FUNCTIONS = ("func.func", "util.func")


DIALECTS = ("arith", "cf", "constants", "edges", "hal", "scf", "stream", "util")
"""How names of files begin in which no number is a place in a shape: beyond its end the real tool reads whatever is there."""


@cache
def texts() -> tuple[tuple[str, ...], ...]:
    """The programs of the clean-up's tests that have a function, by file."""
    files = sorted(path for path in PROGRAMS.glob("*.mlir") if not path.name.endswith(".cleaned.mlir"))
    chunks = [path.read_text().split(SEPARATOR) for path in files if path.name.startswith(DIALECTS)]
    return tuple(tuple(text for text in texts if "func " in text) for texts in chunks)


def crossing(seed: int, programs: Sequence[Sequence[str]] = ()) -> str:
    """A program made of up to four functions; mostly of one file, whose rules are those of one dialect."""
    rng = Random(seed)
    files = [rng.choice(programs or texts()) for _ in range(rng.choice((1, 1, 2)))]
    chosen = [rng.choice(rng.choice(files)) for _ in range(rng.choice((1, 2, 2, 3, 4)))]
    modules = [parse(text, allow_unregistered=True).op for text in chosen]
    functions = [rng.choice(found) for module in modules if (found := _functions(module))]
    if not functions:
        return chosen[0]
    base = max(functions, key=lambda op: len(op.regions[0].blocks))
    module: Any = base.parent_op()
    _take_symbols(module, modules)
    for function in functions:
        if function is not base and len(function.regions[0].blocks) == 1:
            _take_in(base, function, rng)
    _exchange(base, rng, rng.choice((0.0, 0.05, 0.15, 0.3)))
    return print_module(module)


def _functions(module: Any) -> list[Any]:
    return [op for op in module.body.block.ops if op.name in FUNCTIONS and op.regions[0].blocks]


def _take_symbols(module: Any, others: list[Any]) -> None:
    """Puts all that has a name in `others` into `module`, but what it has already, and their functions with a body."""
    block = module.body.block
    names = {_symbol(op) for op in block.ops}
    for other in others:
        if other is module:
            continue
        for op in list(other.body.block.ops):
            if _symbol(op) not in names and not (op.name in FUNCTIONS and op.regions[0].blocks):
                names.add(_symbol(op))
                op.detach()
                block.insert_op_before(op, block.first_op)


def _symbol(op: Operation) -> str | None:
    name: Any = op.properties.get("sym_name") or op.attributes.get("sym_name")
    return None if name is None else name.data


def _take_in(base: Any, function: Any, rng: Random) -> None:
    """Puts the ops of `function` between those of `base`, in their order, and hands out what both do."""
    entry, source = base.regions[0].first_block, function.regions[0].first_block
    for argument in list(source.args):
        argument.replace_all_uses_with(entry.insert_arg(argument.type, len(entry.args)))
    ops = list(source.ops)
    last, end = ops.pop(), entry.last_op
    places = sorted(rng.randrange(len(list(entry.ops))) for _ in ops)
    before = list(entry.ops)
    for op, place in zip(ops, places, strict=True):
        op.detach()
        entry.insert_op_before(op, before[place])
    handed = list(last.operands)
    last.detach()
    last.drop_all_references()
    if end.name in ("util.return", "func.return"):
        end.operands = [*end.operands, *handed]
    _retype(base)


def _retype(function: Any) -> None:
    """Makes the function's type that of its arguments and of what it returns."""
    from xdsl.dialects.builtin import FunctionType

    region = function.regions[0]
    returned = [op for block in region.blocks for op in block.ops if op.name in ("util.return", "func.return")]
    results = [value.type for value in returned[0].operands] if returned else []
    function.properties["function_type"] = FunctionType.from_lists([a.type for a in region.first_block.args], results)
    for name in ("arg_attrs", "res_attrs", "tied_operands"):
        function.properties.pop(name, None)


def _exchange(function: Any, rng: Random, rate: float) -> None:
    """Exchanges some operands for others of their type that are made before."""
    for block in function.regions[0].blocks:
        first = function.regions[0].first_block
        seen = list(first.args) if block is not first else []
        _exchange_in(block, seen, rng, rate)


def _exchange_in(block: Block, seen: list[SSAValue], rng: Random, rate: float) -> None:
    seen = [*seen, *block.args]
    for op in list(block.ops):
        for number, operand in enumerate(op.operands):
            if rng.random() < rate:
                others = [value for value in seen if value.type == operand.type]
                if others:
                    op.operands[number] = rng.choice(others)
        inside = [] if op.has_trait(IsolatedFromAbove) else seen
        for nested in _blocks(op):
            _exchange_in(nested, inside, rng, rate)
        seen += op.results


def _blocks(op: Operation) -> Iterator[Block]:
    for region in op.regions:
        yield from region.blocks
