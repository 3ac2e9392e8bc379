"""The text of ops, blocks and regions, exactly as `iree-opt` prints it. MLIR: AsmPrinter.cpp, OperationPrinter."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from typing_extensions import override
from xdsl.dialects.builtin import UnregisteredOp
from xdsl.ir import Attribute, Block, BlockArgument, Operation, Region, SSAValue
from xdsl.traits import IsTerminator

from iree_explorer.ir.block_graph import predecessors
from iree_explorer.ir.storage import blocks_of, ops_of, written_name
from iree_explorer.syntax.collector import paused_collector
from iree_explorer.syntax.default_dialects import DEFAULT_DIALECTS, OUTERMOST
from iree_explorer.syntax.printing.aliases import render
from iree_explorer.syntax.printing.attributes import AttributePrinter
from iree_explorer.syntax.printing.hot_text import REGION, Apart, HotText, RegionStyle
from iree_explorer.syntax.printing.names import Names
from iree_explorer.syntax.resources import External, metadata_text

_UNREGISTERED_NAME = "op_name__"

_INDENT = "  "

_UNKNOWN_VALUE = "<<UNKNOWN SSA VALUE>>"


class TextPrinter(AttributePrinter):
    """Prints ops into `out`.

    Args:
        names: of all values and blocks that will be printed.
        short_cuts: whether ops of a well-known form may be printed in one go; the text is the same.
    """

    def __init__(self, names: Names, *, short_cuts: bool = True) -> None:
        super().__init__()
        self.names = names
        self._default_dialects = [OUTERMOST]
        self._styles_apart: list[RegionStyle] | None = None
        self._places: dict[Region, dict[Block, int]] = {}
        self._hot_text = HotText(names.values, self._print_apart) if short_cuts else None

    def use_default_dialect_of(self, op: Operation | None) -> None:
        """Leaves out the dialect that goes without saying inside `op`."""
        self._default_dialects = [OUTERMOST if op is None else DEFAULT_DIALECTS.get(op.name, "")]

    # ---- values

    @override
    def print_ssa_value(self, value: SSAValue) -> str:
        name = self.names.values.get(id(value), _UNKNOWN_VALUE)
        self.out.append(name)
        return name

    @override
    def print_operand(self, operand: SSAValue) -> None:
        self.out.append(self.names.values.get(id(operand), _UNKNOWN_VALUE))

    @override
    def texts_of_values(self, values: Sequence[SSAValue]) -> list[str]:
        names = self.names.values
        return [names.get(id(value), _UNKNOWN_VALUE) for value in values]

    @override
    def print_block_name(self, block: Block) -> str:
        name = self.names.blocks.get(block, "^INVALIDBLOCK")
        self.out.append(name)
        return name

    @override
    def _print_results(self, op: Operation) -> None:
        results = op.results
        if len(results) == 1:
            [result] = results
            self.out.append(f"{self.names.values[id(result)]} = ")
        elif results:
            pack = self.names.packs[op]
            self.out.append(", ".join([name if count == 1 else f"{name}:{count}" for name, count in pack]) + " = ")

    # ---- ops

    @override
    def print_op(self, op: Operation) -> None:
        self._print_results(op)
        hot_text = self._hot_text
        if hot_text is None:
            self._print_behind_results(op)
        elif (text := hot_text.of(op)) is not None:
            self.out.append(text)
        elif op.regions and (around := hot_text.around(op)) is not None:
            before, style, behind = around
            self.out.append(before)
            self.print_region(op.regions[0], *style)
            self.out.append(behind)
        else:
            self._print_behind_results(op)

    def _print_behind_results(self, op: Operation) -> None:
        if isinstance(op, UnregisteredOp) or type(op).print is Operation.print:
            self.print_op_with_default_format(op)
            return
        name = op.name
        default = self._default_dialects[-1]
        if default and name.startswith(default) and name.count(".") == 1 and name[len(default)] == ".":
            name = name[len(default) + 1 :]
        self.out.append(name)
        op.print(self)

    def _print_apart(self, op: Operation, names: Mapping[int, str]) -> Apart | None:
        """See `hot_text.Print`; None where there are aliases in the text."""
        outer, self.out = self.out, []
        known, self.names = self.names, Names(dict(names))
        self._styles_apart = styles = []
        self._print_behind_results(op)
        self._styles_apart = None
        text, self.out, self.names = self.out, outer, known
        if not all(isinstance(piece, str) for piece in text):
            return None
        return "".join(cast("list[str]", text)), styles

    @override
    def print_op_with_default_format(self, op: Operation) -> None:
        """The generic form. Aliases are met in MLIR's order: regions, types, attributes."""
        properties, attributes = dict(op.properties), dict(op.attributes)
        if isinstance(op, UnregisteredOp):
            attributes.pop(_UNREGISTERED_NAME)
        outer, self.out = self.out, []
        self.print_regions(op.regions)
        regions, self.out = self.out, []
        self.print_operation_type(op)
        types, self.out = self.out, []
        self._counts_as_use = not isinstance(op, UnregisteredOp)
        self._print_op_properties(properties)
        self._counts_as_use = True
        inherent, self.out = self.out, []
        self.print_op_attributes(attributes)
        discardable, self.out = self.out, outer
        self.print_string_literal(written_name(op))
        self.print_operands(op.operands)
        self.print_successors(op.successors)
        self.out += [*inherent, *regions, *discardable, " : ", *types]

    @override
    def print_successors(self, successors: Sequence[Block]) -> None:
        if successors:
            self.out.append("[")
            self.print_list(successors, self.print_block_name)
            self.out.append("]")

    @override
    def print_op_attributes(
        self,
        attributes: Mapping[str, Attribute],
        *,
        reserved_attr_names: Iterable[str] = (),
        print_keyword: bool = False,
    ) -> bool:
        if not attributes:
            return False
        reserved = set(reserved_attr_names)
        kept = {name: value for name, value in attributes.items() if name not in reserved}
        if not kept:
            return False
        self.out.append(" attributes " if print_keyword else " ")
        self.print_attr_dict(kept)
        return True

    # ---- regions and blocks

    @override
    @contextmanager
    def indented(self, amount: int = 1) -> Generator[None]:
        outer = self.newline
        self.newline += _INDENT * amount
        yield
        self.newline = outer

    @override
    def print_region(
        self,
        region: Region,
        print_entry_block_args: bool = True,
        print_empty_block: bool = True,
        print_block_terminators: bool = True,
    ) -> None:
        if self._styles_apart is not None:
            self._styles_apart.append((print_entry_block_args, print_empty_block, print_block_terminators))
            self.out.append(REGION)
            return
        self.out.append("{")
        parent = region.parent
        self._default_dialects.append("" if parent is None else DEFAULT_DIALECTS.get(parent.name, ""))
        for index, block in enumerate(blocks_of(region)):
            has_header = bool(index)
            if not index:
                has_header = (print_empty_block and not block.first_op) or (print_entry_block_args and bool(block.args))
            self.print_block(block, has_header, print_block_terminators if not index else True)
        self._places.pop(region, None)
        self._default_dialects.pop()
        self.out.append(self.newline + "}")

    @override
    def print_block(self, block: Block, print_block_args: bool = True, print_block_terminator: bool = True) -> None:
        if print_block_args:
            self._print_header(block)
        last = None if print_block_terminator else block.last_op
        outer = self.newline
        inner = outer + _INDENT
        for op in ops_of(block):
            if op is last and op.has_trait(IsTerminator, value_if_unregistered=False):
                continue
            self.newline = inner
            self.out.append(inner)
            self.print_op(op)
        self.newline = outer

    def _print_header(self, block: Block) -> None:
        self.out.append(self.newline)
        self.print_block_name(block)
        if block.args:
            self.out.append("(")
            self.print_list(block.args, self.print_block_argument)
            self.out.append(")")
        self.out.append(":" + self._predecessors_comment(block))

    def _predecessors_comment(self, block: Block) -> str:
        """The blocks that go to `block`, each as often as it does, in the region's order."""
        region = block.parent
        preds = [pred for pred in predecessors(block) if pred.parent is region]
        if len(preds) > 1 and region is not None:
            preds.sort(key=self._places_in(region).__getitem__)
            return f"  // {len(preds)} preds: {', '.join(map(self.names.blocks.__getitem__, preds))}"
        if preds:
            return f"  // pred: {self.names.blocks[preds[0]]}"
        return "" if region is not None and region.first_block is block else "  // no predecessors"

    def _places_in(self, region: Region) -> dict[Block, int]:
        """The blocks of a region by their order; kept until the region is printed, for all of its blocks."""
        if region not in self._places:
            self._places[region] = {block: place for place, block in enumerate(region.blocks)}
        return self._places[region]

    @override
    def print_block_argument(self, arg: BlockArgument, print_type: bool = True) -> None:
        self.print_ssa_value(arg)
        if print_type:
            self.out.append(": ")
            self.print_attribute(arg.type)


class GenericPrinter(TextPrinter):
    """Prints each op in its generic form."""

    def __init__(self, names: Names) -> None:
        super().__init__(names, short_cuts=False)

    @override
    def _print_behind_results(self, op: Operation) -> None:
        self.print_op_with_default_format(op)


def print_module(
    op: Operation, *, external: External | None = None, short_cuts: bool = True, generic: bool = False
) -> str:
    """The text of `op`, mostly a module, with the aliases it needs above it and one newline at its end.

    Args:
        op: what is printed.
        external: what else stands behind it.
        short_cuts: see `TextPrinter`.
        generic: print the generic form of each op.
    """
    with paused_collector():
        names = Names.of(op, generic=generic)
        printer = GenericPrinter(names) if generic else TextPrinter(names, short_cuts=short_cuts)
        printer.print_op(op)
        definitions = printer.aliases.assign()
        lines = [f"{alias.text} = {render(alias.body)}\n" for alias in definitions]
        metadata = [f"\n{line}" for line in metadata_text(printer.blobs, external or {})]
        return render([*lines, *printer.out, *metadata, "\n"])
