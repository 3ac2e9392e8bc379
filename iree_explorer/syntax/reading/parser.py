"""Modules and ops."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NoReturn

from typing_extensions import override
from xdsl.context import Context
from xdsl.dialects.builtin import DictionaryAttr, UnregisteredOp
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.irdl import IRDLOperation
from xdsl.parser import UnresolvedOperand
from xdsl.traits import IsTerminator
from xdsl.utils.exceptions import ParseError
from xdsl.utils.lexer import Span
from xdsl.utils.mlir_lexer import MLIRTokenKind as Kind

from iree_explorer.dialects import WHOLE, remedy_for
from iree_explorer.dialects.builtin import ModuleOp
from iree_explorer.errors import SourceError
from iree_explorer.ir.assembly.attr_dict import SEGMENT_SIZES, CustomAssemblyFormat, inherent_names
from iree_explorer.ir.assembly.format_program import reader_of
from iree_explorer.ir.defects import DEFECTS
from iree_explorer.ir.storage import implements
from iree_explorer.syntax.default_dialects import DEFAULT_DIALECTS, OUTERMOST
from iree_explorer.syntax.reading.hot_lines import HotLines, Shape
from iree_explorer.syntax.reading.properties import PropertyError, default_segments, stored_properties
from iree_explorer.syntax.reading.regions import RegionParser
from iree_explorer.syntax.source import Source

_OP_STARTS = frozenset({Kind.PERCENT_IDENT, Kind.BARE_IDENT, Kind.STRING_LIT})

_INTEGER_TYPE = re.compile(r"[su]?i[0-9]+")
"""A token of its own in MLIR, which begins no op."""

_TOP_LEVEL_ALIAS = frozenset({Kind.HASH_IDENT, Kind.EXCLAMATION_IDENT})


class ModuleParser(RegionParser):
    """Parses a whole text as `iree-opt` reads it.

    Args:
        context: the dialects; whether unknown ones are allowed.
        source: the text.
        short_cuts: whether lines of a well-known form may be read in one go; the result is the same.

    Attributes:
        offsets: per op, the place of its name in the text.
    """

    def __init__(self, context: Context, source: Source, *, short_cuts: bool = True) -> None:
        super().__init__(context, source)
        self.offsets: dict[Operation, int] = {}
        self.op_offset = 0
        self._attr_dict_offset = 0
        self._default_dialects = [OUTERMOST]
        self._unregistered_ops: dict[str, type[Operation]] = {}
        self._hot_lines = HotLines(source.text, self.scopes, self.offsets, self._reread) if short_cuts else None

    @property
    def shapes(self) -> Mapping[Operation, Shape]:
        """Op → what it has in common with other ops of the same mapping, for most ops of large texts."""
        return {} if self._hot_lines is None else self._hot_lines.shapes

    # ---- the whole text

    @override
    def parse_module(  # pyright: ignore[reportIncompatibleMethodOverride]  (modules are not xDSL's)
        self, allow_implicit_module: bool = True
    ) -> ModuleOp:
        """The text's module: the only op of the text, or a module around all of its ops."""
        self.read_resources_ahead()
        ops: list[Operation] = []
        while (kind := self.token.kind) is not Kind.EOF:
            if kind in _TOP_LEVEL_ALIAS:
                self._parse_alias_def()
            elif kind is Kind.FILE_METADATA_BEGIN:
                self._parse_file_metadata_dictionary()
            else:
                ops.append(self.parse_operation())
        self.check_all_defined()
        self.check_location_aliases()
        if len(ops) == 1 and isinstance(ops[0], ModuleOp):
            return ops[0]
        return ModuleOp(ops)

    @override
    def _parse_alias_def(self) -> None:
        token = self._consume_token()
        is_type = token.text.startswith("!")
        kind = "type" if is_type else "attribute"
        if token.text in self.attribute_aliases:
            self.raise_error(f"redefinition of {kind} alias id '{token.text[1:]}'", token.span)
        if "." in token.text:
            self.raise_error(f"{kind} names with a '.' are reserved for dialect-defined names", token.span)
        self._parse_token(Kind.EQUAL, f"expected '=' in {kind} alias definition")
        self.attribute_aliases[token.text] = self.parse_type() if is_type else self.parse_attribute()

    # ---- ops

    @override
    def _parse_block_body(self, block: Block) -> None:
        hot_lines = self._hot_lines
        while True:
            if hot_lines is not None and (end := hot_lines.read(block, self.token.start)) != self.token.start:
                self.resume_at(end)
            start = self.token.start
            op = self.parse_optional_operation()
            if op is None:
                return
            block.add_op(op)
            if hot_lines is not None:
                hot_lines.learn(op, start, self.token.start)

    def _reread(self, line: str, values: Mapping[str, SSAValue]) -> Operation | None:
        """The op of a line whose names stand for these values; None: it is no op, or there is more in the line."""
        parser = ModuleParser(self.ctx, Source(self.source.name, line), short_cuts=False)
        parser.attribute_aliases = self.attribute_aliases
        parser.known_types, parser.known_attributes = self.known_types, self.known_attributes
        parser._default_dialects = list(self._default_dialects)
        for name, value in values.items():
            parser.scopes.define(name, (value,), 0)
        try:
            op = parser.parse_operation()
        except (ParseError, SourceError, *DEFECTS):
            return None
        return None if parser.scopes.forward or parser.token.kind is not Kind.EOF else op

    @override
    def parse_optional_operation(self) -> Operation | None:
        return self.parse_operation() if self.token.kind in _OP_STARTS else None

    @override
    def parse_operation(self) -> Operation:
        results = self._parse_op_result_list()
        token = self.token
        around, self.op_offset = self.op_offset, token.start
        if token.kind is Kind.BARE_IDENT and not _INTEGER_TYPE.fullmatch(token.text):
            op = self._parse_custom_op(token.text)
        elif token.kind is Kind.STRING_LIT:
            op = self._parse_generic_op()
        else:
            self.raise_error("expected operation name in quotes", token.span)
        self.op_offset = around
        self.offsets[op] = token.start
        if results:
            self._define_results(op, results)
        return op

    def _parse_custom_op(self, name: str) -> Operation:
        span = self.token.span
        self.advance()  # before the name is looked up: what is no token behind it is told first, as MLIR does
        definition = self._custom_definition(name, span)
        around = self.speaker, self._attr_dict_offset
        self.speaker = f"custom op '{definition.name}' "
        self._default_dialects.append(DEFAULT_DIALECTS.get(definition.name, ""))
        op = reader_of(definition)(self)
        self._default_dialects.pop()
        if op.attributes:
            self._move_inherent_of_custom(op)
        self.speaker, self._attr_dict_offset = around
        self.parse_optional_location()
        return op

    def _move_inherent_of_custom(self, op: Operation) -> None:
        """Refuses inherent attributes in the dictionary, or makes properties of them where MLIR's C++ does."""
        for name in inherent_names(type(op)) & op.attributes.keys():
            if implements(op, CustomAssemblyFormat):
                if name in op.properties:
                    message = f"custom op '{op.name}' attribute '{name}' occurs more than once in the attribute list"
                    self.raise_error(message, self.op_offset)
                op.properties[name] = op.attributes.pop(name)
            elif name in SEGMENT_SIZES:
                del op.attributes[name]
            else:
                self.raise_error(
                    f"custom op '{op.name}' inherent attribute '{name}' cannot be parsed from attr-dict "
                    "when strict properties in assembly format is enabled",
                    self._attr_dict_offset,
                )

    @override
    def parse_optional_attr_dict(self) -> dict[str, Attribute]:
        self._attr_dict_offset = self.token.start
        return super().parse_optional_attr_dict()

    @override
    def parse_optional_attr_dict_with_keyword(self, reserved_attr_names: Iterable[str] = ()) -> DictionaryAttr | None:
        offset = self.token.start
        if self.parse_optional_keyword("attributes") is None:
            return None
        if self.token.kind is not Kind.L_BRACE:
            self.raise_wrong_token("expected '{' in attribute dictionary")
        parsed = self.parse_optional_attr_dict()
        self._attr_dict_offset = offset
        for name in reserved_attr_names:
            if name in parsed:
                self.raise_error(
                    f"{self.speaker}'{name}' is an inferred attribute "
                    "and should not be specified in the explicit attribute dictionary",
                    offset,
                )
        return DictionaryAttr(parsed)

    def _custom_definition(self, name: str, span: Span[str]) -> type[Operation]:
        full_name = name
        if _is_bare(name) and self._default_dialects[-1]:
            full_name = f"{self._default_dialects[-1]}.{name}"
        definition = self._registered(full_name)
        if definition is None:
            self._raise_unknown_op(name, full_name, span)
        return definition

    def _raise_unknown_op(self, name: str, full_name: str, span: Span[str]) -> NoReturn:
        dialect = full_name.partition(".")[0]
        if remedy := remedy_for(dialect):
            self.raise_error(f"ops of '{dialect}' such as '{name}' are not read here: {remedy}", span)
        if not _is_bare(name) and self.ctx.get_optional_dialect(dialect) is None:
            self.raise_error(f"Dialect `{dialect}' not found for custom op '{name}' ", span)
        if _is_bare(name) and full_name == name:
            self.raise_error(f"Dialect `' not found for custom op '{name}'  (tried '.{name}' as well)", span)
        tried = f" (tried '{full_name}' as well)" if full_name != name else ""
        self.raise_error(f"custom op '{name}' is unknown{tried}", span)

    def _registered(self, name: str) -> type[Operation] | None:
        allowed, self.ctx.allow_unregistered = self.ctx.allow_unregistered, False
        try:
            return self.ctx.get_optional_op(name) if "." in name else None
        finally:
            self.ctx.allow_unregistered = allowed

    def _parse_generic_op(self) -> Operation:
        span = self.token.span
        name = self.parse_str_literal()
        if not name or "\0" in name:
            what = "null character not allowed in operation name" if name else "empty operation name is invalid"
            self.raise_error(what, span)
        definition = self._registered(name) or self._unregistered_op(name, span)
        around, self.speaker = self.speaker, ""
        op = self._parse_generic_operation(definition)
        self.speaker = around
        return op

    def _unregistered_op(self, name: str, span: Span[str]) -> type[Operation]:
        dialect = name.partition(".")[0]
        is_known = dialect in WHOLE or (
            not self.allow_unregistered and self.ctx.get_optional_dialect(dialect) is not None
        )
        if is_known:
            self.raise_error(
                f"unregistered operation '{name}' found in dialect ('{dialect}') that does not allow unknown operations",
                span,
            )
        if not self.allow_unregistered:
            self.raise_error(
                "operation being parsed with an unregistered dialect. If this is intended, "
                "please use -allow-unregistered-dialect with the MLIR tool used"
            )
        if name not in self._unregistered_ops:
            self._unregistered_ops[name] = UnregisteredOp.with_name(name)
        return self._unregistered_ops[name]

    @override
    def _parse_generic_operation(self, op_type: type[Operation]) -> Operation:
        operands = self.parse_op_args_list()
        successors_span = self.token.span
        successors = self.parse_optional_successors() or []
        if successors and not op_type.has_trait(IsTerminator, value_if_unregistered=True):
            self.raise_error("successors in non-terminator", successors_span)
        properties = self.parse_optional_properties_dict()
        regions = self.parse_region_list()
        attributes = self.parse_optional_attr_dict()
        self.parse_punctuation(":", " followed by operation type")
        span = self.token.span
        function_type = self.parse_function_type()
        self.parse_optional_location()
        if len(operands) != len(function_type.inputs.data):
            types = "operand type" if len(operands) == 1 else "operand types"
            self.raise_error(f"expected {len(operands)} {types} but had {len(function_type.inputs.data)}", span)
        values = [self.resolve_operand(*pair) for pair in zip(operands, function_type.inputs.data, strict=True)]
        if issubclass(op_type, IRDLOperation):
            properties = self._properties(op_type, properties, attributes)
        return op_type.create(
            operands=values,
            result_types=function_type.outputs.data,
            properties=properties,
            attributes=attributes,
            successors=successors,
            regions=regions,
        )

    def _properties(
        self, op_type: type[IRDLOperation], written: dict[str, Attribute], attributes: dict[str, Attribute]
    ) -> dict[str, Attribute]:
        """The properties of an op; those that are among its attributes, as in texts from before there were properties, move."""
        try:
            properties = stored_properties(op_type, written)
        except PropertyError as error:
            self.raise_error(str(error), self.op_offset)
        for name in inherent_names(op_type) & attributes.keys() - properties.keys():
            properties[name] = attributes.pop(name)
        return default_segments(op_type.get_irdl_definition()) | properties

    @override
    def parse_optional_properties_dict(self) -> dict[str, Attribute]:
        if self.parse_optional_punctuation("<") is None:
            return {}
        properties = self._parse_dictionary()
        self.parse_punctuation(">", " to close properties")
        return properties

    @override
    def parse_op_args_list(self) -> list[UnresolvedOperand]:
        self._parse_token(Kind.L_PAREN, "expected '(' to start operand list")
        operands: list[UnresolvedOperand] = []
        if self.token.kind is Kind.PERCENT_IDENT:
            operands = self.parse_comma_separated_list(self.Delimiter.NONE, self.parse_unresolved_operand)
        self._parse_token(Kind.R_PAREN, "expected ')' to end operand list")
        return operands


def _is_bare(name: str) -> bool:
    """Whether an op's name is without its dialect: nothing stands behind the first dot, if there is one."""
    return not name.partition(".")[2]
