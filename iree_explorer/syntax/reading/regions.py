"""Regions, their blocks and what branches name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from typing_extensions import override
from xdsl.context import Context
from xdsl.ir import Block, Region
from xdsl.parser import Parser
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.errors import SourceError
from iree_explorer.ir.assembly.mlir_parser import MLIRParser, NumberedArgument
from iree_explorer.syntax.depth import MAX_NESTING, MAX_REGION_NESTING, SHALLOW, make_room
from iree_explorer.syntax.reading.values import ValueParser
from iree_explorer.syntax.source import Source


class RegionParser(ValueParser, MLIRParser):
    """Reads regions; the ops of their blocks are read by who derives from it.

    Args:
        context: the dialects; whether unknown ones are allowed.
        source: the text.
    """

    def __init__(self, context: Context, source: Source) -> None:
        super().__init__(context, source)
        self.blocks = {}
        self.forward_block_references = defaultdict(list)
        self._region_nesting = 0

    @override
    def parse_optional_region(self, arguments: Iterable[Parser.Argument] | None = None) -> Region | None:
        span = self.token.span
        if self.parse_optional_punctuation("{") is None:
            return None
        self._region_nesting += 1
        if self._region_nesting > SHALLOW:
            self._go_deeper_in_regions(span)
        blocks, forward = self.blocks, self.forward_block_references
        self.blocks, self.forward_block_references = {}, defaultdict(list)
        self.scopes.open_region()
        region = Region()
        self._parse_entry_block(region, arguments)
        while self.parse_optional_punctuation("}") is None:
            region.add_block(self._parse_block())
        self._check_blocks_defined()
        self.scopes.close_region()
        self.blocks, self.forward_block_references = blocks, forward
        self._region_nesting -= 1
        return region

    @override
    def parse_isolated_region(self, arguments: Sequence[Parser.Argument]) -> Region:
        hidden = self.scopes.isolate()
        region = self.parse_region(arguments)
        self.scopes.rejoin(hidden)
        return region

    def _go_deeper_in_regions(self, span: Span[str]) -> None:
        if self._region_nesting > MAX_REGION_NESTING:
            self.raise_error(f"regions nest more than {MAX_REGION_NESTING} levels deep", span)
        make_room(MAX_REGION_NESTING + MAX_NESTING)

    def _parse_entry_block(self, region: Region, arguments: Iterable[Parser.Argument] | None) -> None:
        """The entry block, unless it has a label, or neither arguments nor ops. MLIR: OperationParser::parseRegionBody."""
        arguments = tuple(arguments or ())
        if not arguments:
            if self.token.kind not in (Kind.CARET_IDENT, Kind.R_BRACE):
                block = Block()
                region.add_block(block)
                self._parse_block_body(block)
            return
        if self.token.kind is Kind.CARET_IDENT:
            self.raise_error("invalid block name in region with named arguments")
        block = Block(arg_types=[argument.type for argument in arguments])
        for value, argument in zip(block.args, arguments, strict=True):
            number = argument.number if isinstance(argument, NumberedArgument) else 0
            self._check_free(argument.name, number)
            self._register_ssa_definition(argument.name.text[1:], (value,), argument.name, number)
        region.add_block(block)
        self._parse_block_body(block)

    def _check_free(self, span: Span[str], number: int) -> None:
        """Refuses an entry argument whose name means something there, be it by a use alone."""
        name = span.text[1:]
        previous, used = self.scopes.place_of(name, (number,)), self.scopes.forward.get(name, {}).get(number)
        if previous is None and used is not None:
            previous = used.span.start
        if previous is not None:
            raise SourceError(
                f"region entry argument '{span.text}' is already in use",
                self.source.location(span.start),
                (("previously referenced here", self.source.location(previous)),),
            )

    @override
    def _parse_block(self) -> Block:
        token = self._parse_token(Kind.CARET_IDENT, "expected operation name in quotes")
        name = token.text[1:]
        block, defined = self.blocks.get(name, (None, None))
        if block is None:
            block = Block()
        elif defined is not None:
            self.raise_error(f"redefinition of block '{token.text}'", token.span)
        self.blocks[name] = (block, token.span)
        self.forward_block_references.pop(name, None)
        self._parse_optional_block_arg_list(block)
        self.parse_punctuation(":", " after block name")
        self._parse_block_body(block)
        return block

    @override
    def _parse_optional_block_arg_list(self, block: Block) -> Block | None:
        if self.token.kind is not Kind.L_PAREN:
            return None
        self.parse_comma_separated_list(self.Delimiter.PAREN, lambda: self._parse_block_argument(block))
        return block

    def _parse_block_argument(self, block: Block) -> None:
        name = self._parse_token(Kind.PERCENT_IDENT, "expected SSA operand").span
        number = self._parse_optional_result_number()
        self.parse_punctuation(":", " and type for SSA operand")
        argument = block.insert_arg(self.parse_type(), len(block.args))
        self.parse_optional_location()
        self._register_ssa_definition(name.text[1:], (argument,), name, number)

    @override
    def parse_optional_successor(self) -> Block | None:
        token = self._parse_optional_token(Kind.CARET_IDENT)
        if token is None:
            return None
        name = token.text[1:]
        if name not in self.blocks:
            self.blocks[name] = (Block(), None)
            self.forward_block_references[name].append(token.span)
        return self.blocks[name][0]

    def _check_blocks_defined(self) -> None:
        spans = [span for spans in self.forward_block_references.values() for span in spans]
        if spans:
            self.raise_error("reference to an undefined block", min(spans, key=lambda span: span.start))
