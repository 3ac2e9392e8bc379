"""Pass pipelines as `iree-opt` takes them: `builtin.module(func.func(cse),util.func(canonicalize{max-iterations=3}))`.

An anchor's passes run on the operations of that name directly inside the operation that its parent pipeline runs on, no
deeper. Neighbouring anchors share one walk over these operations: each gets all of its passes before the next one's turn.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Block, Operation, OpResult, SSAValue
from xdsl.traits import IsolatedFromAbove, ReturnLike

from iree_explorer.analysis.blocks import BlockOrders
from iree_explorer.dialects import make_context
from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import InputError, Location, PassError, SourceError, raise_all
from iree_explorer.ir.defects import DEFECTS
from iree_explorer.ir.interfaces.control_flow import RegionBranchTerminatorOpInterface, RegionRules
from iree_explorer.ir.storage import operands_of
from iree_explorer.passes.operation_pass import OperationPass, PassRun
from iree_explorer.syntax.rule_wording import defect, definition_note

if TYPE_CHECKING:
    from iree_explorer.partitioning.trace.recording import Witness
    from iree_explorer.syntax import Module

ANY = "any"
"""The anchor that stands for every operation that its passes can run on."""

PASSES: dict[str, tuple[str, str]] = {
    "canonicalize": ("iree_explorer.passes.canonicalize.clean_up", "CanonicalizePass"),
    "cse": ("iree_explorer.passes.cse", "CSEPass"),
    "iree-stream-schedule-concurrency": ("iree_explorer.passes.schedule_concurrency", "ScheduleConcurrencyPass"),
    "iree-stream-schedule-execution": ("iree_explorer.passes.schedule_execution", "ScheduleExecutionPass"),
}
"""Module and class of each pass, by its name in a pipeline's text. Imported when a pipeline names it."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Passes and nested pipelines in the order they run, for the operations named `anchor`."""

    anchor: str
    items: tuple[OperationPass | Pipeline, ...] = ()

    def can_run_on(self, definition: type[Operation]) -> bool:
        """Whether the pipeline takes operations of this class, which are isolated from above.

        # MLIR: Pass.cpp, OpPassManagerImpl::canScheduleOn
        """
        if self.anchor != ANY:
            return self.anchor == definition.name
        return all(issubclass(definition, item.interface) for item in self.items if isinstance(item, OperationPass))


def parse_pipeline(text: str) -> Pipeline:
    """The pipeline that `text` spells, in the grammar of `--pass-pipeline`.

    Raises:
        SourceError: the text is malformed or names no known pass; the column counts in the whole text.
        InputError: a pass has no such option, or cannot run on its anchor.
    """
    return _Reader(text).read()


def function_by_function(*passes: OperationPass) -> Pipeline:
    """All of the passes on each function directly in the module, then on the next one."""
    anchors = ("func.func", "util.initializer", "util.func")
    return Pipeline("builtin.module", tuple(Pipeline(anchor, passes) for anchor in anchors))


def in_turn(names: Iterable[str]) -> Pipeline:
    """One pass after the other, by names in `PASSES`: on the module where it can run on it, else on its functions."""
    items: list[OperationPass | Pipeline] = []
    for name in names:
        made = pass_named(name)()
        items += (made,) if issubclass(ModuleOp, made.interface) else function_by_function(made).items
    return Pipeline("builtin.module", tuple(items))


def pass_named(name: str) -> type[OperationPass]:
    """The class of the pass of this name in `PASSES`."""
    module, class_name = PASSES[name]
    return getattr(importlib.import_module(module), class_name)


def run_pipeline(
    module: Module,
    pipeline: Pipeline | str,
    witness: Witness | None = None,
    *,
    verify: bool = True,
) -> None:
    """Change `module` in place by the pipeline's passes.

    Args:
        module: what to change.
        pipeline: parsed, or its text.
        witness: takes the steps of every pass; its `ids` name the operations.
        verify: check the operations that the passes have made.

    Raises:
        SourceError: bad pipeline text.
        PassError: a pass refuses the program, or made an operation that is not valid; the module is then half changed. With
            no witness, `others` are what it refuses in other functions.
    """
    if isinstance(pipeline, str):
        pipeline = parse_pipeline(pipeline)
    _verify_root(pipeline, module)
    _run(pipeline, module.op, PassRun(module, witness), verify)


def _verify_root(pipeline: Pipeline, module: Module) -> None:
    """Checks that the whole pipeline can run on the module. MLIR: Pass.cpp, PassManager::run."""
    name = module.op.name
    if pipeline.anchor not in (ANY, name):
        raise PassError(f"can't run '{pipeline.anchor}' pass manager on '{name}' op", module.location_of(module.op))
    for item in pipeline.items:
        if isinstance(item, OperationPass) and not isinstance(module.op, item.interface):
            words = f"'{name}' op trying to schedule pass '{item.class_name}' on an unsupported operation"
            raise PassError(words, module.location_of(module.op))


def _run(pipeline: Pipeline, op: Operation, run: PassRun, verify: bool) -> None:
    for item in _merged(pipeline.items):
        if isinstance(item, OperationPass):
            item.apply(op, run)
        else:
            _run_nested(item, op, run, verify)
    if verify and any(isinstance(item, OperationPass) for item in pipeline.items):
        _verify_made(op, run)


def _run_nested(pipelines: list[Pipeline], op: Operation, run: PassRun, verify: bool) -> None:
    """Runs pipelines on the ops inside `op`. One that is refused does not keep the others from theirs, as in MLIR.

    A witness is told all up to the first refusal.
    """
    refusals: list[PassError] = []
    for child, nested in _scheduled(op, pipelines):
        try:
            _run(nested, child, run, verify)
        except PassError as error:
            refusals.append(error)
            if run.witness is not None:
                break
    raise_all(refusals)


def _scheduled(op: Operation, pipelines: list[Pipeline]) -> Iterator[tuple[Operation, Pipeline]]:
    """The operations directly inside `op` in their order, each with its pipeline: one of its own name before `any`."""
    named = {p.anchor: p for p in pipelines if p.anchor != ANY}
    generic = [p for p in pipelines if p.anchor == ANY]
    for region in op.regions:
        for block in region.blocks:
            for child in tuple(block.ops):
                nested = named.get(child.name)
                if nested is None and child.has_trait(IsolatedFromAbove):
                    nested = next((pipeline for pipeline in generic if pipeline.can_run_on(type(child))), None)
                if nested is not None:
                    yield child, nested


def _merged(items: tuple[OperationPass | Pipeline, ...]) -> Iterator[OperationPass | list[Pipeline]]:
    """The items with each run of neighbouring pipelines as one list, those of one anchor joined.

    # MLIR: Pass.cpp, OpToOpPassAdaptor::tryMergeInto, OpPassManagerImpl::coalesceAdjacentAdaptorPasses
    """
    group: list[Pipeline] = []
    for item in items:
        if isinstance(item, Pipeline) and not any(_conflict(item, other) for other in group):
            _join(group, item)
            continue
        if group:
            yield group
        group = [item] if isinstance(item, Pipeline) else []
        if isinstance(item, OperationPass):
            yield item
    if group:
        yield group


def _conflict(a: Pipeline, b: Pipeline) -> bool:
    """Whether one is generic and would take the other's operations too: they may not share a walk."""
    if a.anchor == b.anchor:
        return False
    generic, other = (a, b) if a.anchor == ANY else (b, a)
    return generic.anchor == ANY and generic.can_run_on(_definition(other.anchor) or UnregisteredOp)


def _join(group: list[Pipeline], item: Pipeline) -> None:
    for index, other in enumerate(group):
        if other.anchor == item.anchor:
            group[index] = Pipeline(item.anchor, other.items + item.items)
            return
    group.append(item)


def _verify_made(op: Operation, run: PassRun) -> None:
    """Checks the ops that passes made, or may have broken, in `op`. All others are as right as they were."""
    orders = BlockOrders()
    for made in run.made:
        if op.is_ancestor(made):
            _verify_order(made, orders, run)
            gives = isinstance(made, RegionBranchTerminatorOpInterface) or made.has_trait(
                ReturnLike, value_if_unregistered=False
            )
            around = made.parent_op() if gives else made
            _check(made, made.verify_, run)
            if isinstance(around, RegionRules):
                _check(around, around.verify_regions, run)
    run.made.clear()
    run.origins.clear()


def _check(op: Operation, rules: Callable[[], None], run: PassRun) -> None:
    try:
        rules()
    except DEFECTS as error:
        words, at = defect(op, error)
        raise PassError(words, run.location_of(at)) from error


def _verify_order(op: Operation, orders: BlockOrders, run: PassRun) -> None:
    """Checks that `op` sees the values that it uses: it is in the region that makes them, below it in the same block."""
    seen: set[int] = set()  # by id: a region op may use one size thousands of times
    for number, operand in enumerate(operands_of(op)):
        if id(operand) in seen:
            continue
        seen.add(id(operand))
        if not _is_visible(operand, op, orders):
            note, at = definition_note(operand, op)
            place = None if at is None else run.location_of(at)
            message = f"operand #{number} does not dominate this use"
            raise PassError(message, run.location_of(op), ((note, place),))


def _is_visible(value: SSAValue, op: Operation, orders: BlockOrders) -> bool:
    """Whether `op` may use `value`, as far as that can be told without asking how blocks branch."""
    block = value.op.parent if type(value) is OpResult else cast("Block", value.owner)
    if block is op.parent:
        return type(value) is not OpResult or orders.is_before(value.op, op)
    return block is None or block.parent is None or block.parent.is_ancestor(op)


@dataclass(slots=True)
class _Reader:
    """Recursive descent over a pipeline's text. # MLIR: PassRegistry.cpp, TextualPipeline::parsePipelineText."""

    text: str
    at: int = 0
    depth: int = 0

    def read(self) -> Pipeline:
        anchor, parenthesis, rest = self.text.partition("(")
        if not parenthesis or not rest.rstrip().endswith(")"):
            raise SourceError(
                "expected pass pipeline to be wrapped with the anchor operation type, e.g. 'builtin.module(...)'"
            )
        self.at = len(anchor) + 1
        end = self.text.rindex(")")
        items = self._items(anchor.strip(), end) if self.text[self.at : end].strip() else ()
        if self.at != end and items:
            message = "encountered extra closing ')' creating unbalanced parentheses while parsing pipeline"
            raise self._error(message, self.at)
        return Pipeline(anchor.strip(), items)

    def _items(self, anchor: str, end: int) -> tuple[OperationPass | Pipeline, ...]:
        """The list at the cursor, up to the `)` that closes it or `end`."""
        items: list[OperationPass | Pipeline] = []
        while True:
            items.append(self._item(anchor, end))
            self._skip_spaces(end)
            if self.at == end or self.text[self.at] == ")":
                return tuple(items)
            if self.text[self.at] != ",":
                raise self._error("expected ',' after parsing pipeline", self.at)
            self.at += 1

    def _item(self, anchor: str, end: int) -> OperationPass | Pipeline:
        self._skip_spaces(end)
        start = self.at
        stop = _NAME_END.search(self.text, start, end)
        self.at = stop.start() if stop else end
        name = self.text[start : self.at].strip()
        if self.at < end and self.text[self.at] == "(":
            return self._nested(name, start, end)
        options = self._options(end) if self.at < end and self.text[self.at] == "{" else ""
        return self._pass(name, options, anchor, start)

    def _nested(self, name: str, start: int, end: int) -> Pipeline:
        self.at += 1
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._error(f"pipelines nest more than {_DEEPEST} levels deep", start)
        items = self._items(name, end)
        if self.at == end:
            raise self._error("encountered unbalanced parentheses while parsing pipeline", start)
        self.at += 1
        self.depth -= 1
        return Pipeline(name, items)

    def _options(self, end: int) -> str:
        start, depth = self.at, 0
        for self.at in range(start, end):
            depth += {"{": 1, "}": -1}.get(self.text[self.at], 0)
            if depth == 0:
                self.at += 1
                return self.text[start + 1 : self.at - 1]
        raise self._error("missing closing '}' while processing pass options", start)

    def _pass(self, name: str, options: str, anchor: str, start: int) -> OperationPass:
        if name not in PASSES:
            raise self._error(f"'{name}' does not refer to a registered pass or pass pipeline", start)
        found = pass_named(name)
        definition = None if anchor == ANY else _definition(anchor)
        if definition is not None and not issubclass(definition, found.interface):
            raise InputError(
                f"unable to schedule pass '{found.class_name}' on a PassManager intended to run on '{anchor}'!"
            )
        try:
            return found.with_options(dict(_option_pairs(options)))
        except InputError as error:
            raise InputError(f"{error}; failed to add `{name}` with options `{options}`") from None

    def _skip_spaces(self, end: int) -> None:
        while self.at < end and self.text[self.at].isspace():
            self.at += 1

    def _error(self, message: str, at: int) -> SourceError:
        return SourceError(message, Location("<pass-pipeline>", 1, at + 1))


def _definition(name: str) -> type[Operation] | None:
    """The class of the operations of this name; None: no dialect has any, so nothing is known that forbids a pass."""
    return make_context().get_optional_op(name)


_NAME_END = re.compile(r"[,(){]")
_DEEPEST = 100
"""Nested pipelines that are read; the compiler has no such bound, and crashes at some depth."""


def _option_pairs(text: str) -> Iterator[tuple[str, str]]:
    """`a=b c={d e}` as pairs; the braces around a value are not part of it."""
    for match in re.finditer(r"([^\s=]+)(?:=(\{[^}]*\}|\"[^\"]*\"|'[^']*'|\S*))?", text):
        value = match[2] or ""
        yield match[1], value[1:-1] if value[:1] in ("{", '"', "'") else value
