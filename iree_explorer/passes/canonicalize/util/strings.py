"""Rules of `util.string.*`. # IREE: UtilOpFolders.cpp."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xdsl.dialects.builtin import FixedBitwidthType, IntegerAttr, StringAttr
from xdsl.ir import SSAValue

from iree_explorer.dialects.arith.casts import ExtUIOp, IndexCastOp
from iree_explorer.dialects.util.buffer_ops import BufferConstantOp
from iree_explorer.dialects.util.container_ops import StringFormatOp, StringItoaOp
from iree_explorer.passes.canonicalize.facts.constants import constant_value
from iree_explorer.passes.canonicalize.facts.definition import definition
from iree_explorer.passes.canonicalize.greedy.rewriter import Rewriter
from iree_explorer.passes.canonicalize.greedy.rules import Folded, OpRules, pattern

_PART = re.compile(r"\{\{|\}\}|\{(\d*)\}|[^{}]+|.", re.DOTALL)
_INDEX_WIDTH = 64


@dataclass(frozen=True, slots=True)
class _Gap:
    argument: int


def _parts(op: StringFormatOp) -> list[str | _Gap]:
    """The text of the format, without escapes, and its gaps, in order. # IREE: parseFormatString."""
    parts: list[str | _Gap] = []
    count = 0
    for match in _PART.finditer(op.format.data):
        if match[1] is None:
            parts.append(match[0][0] if match[0] in ("{{", "}}") else match[0])
        else:
            parts.append(_Gap(int(match[1] or count)))
            count += 1
    return parts


def _format(parts: list[str | _Gap], op: StringFormatOp) -> StringFormatOp:
    text = "".join("{}" if isinstance(part, _Gap) else re.sub(r"([{}])", r"\1\1", part) for part in parts)
    arguments = [op.args[part.argument] for part in parts if isinstance(part, _Gap)]
    return StringFormatOp.create(
        operands=arguments, result_types=[op.result.type], properties={"format": StringAttr(text)}
    )


def _constant_text(value: SSAValue) -> str | None:
    """What is written for `value`; None: it isn't constant. Numbers are read as unsigned."""
    constant = constant_value(value)
    if isinstance(constant, StringAttr):
        return constant.data
    if not isinstance(constant, IntegerAttr):
        return None
    width = constant.type.bitwidth if isinstance(constant.type, FixedBitwidthType) else _INDEX_WIDTH
    return str(constant.value.data % (1 << width))


def _filled(op: StringFormatOp) -> list[str | _Gap]:
    """The parts of the format, constants filled in."""
    texts = [_constant_text(argument) for argument in op.args]
    filled: list[str | _Gap] = []
    for part in _parts(op):
        text = texts[part.argument] if isinstance(part, _Gap) else part
        filled.append(part if text is None else text)
    return filled


def _fold_format(op: StringFormatOp) -> Folded | None:
    """A format of constants is a constant."""
    parts = _filled(op)
    texts = [part for part in parts if isinstance(part, str)]
    return (StringAttr("".join(texts)),) if len(texts) == len(parts) else None


@pattern("PartialFoldStringFormat")
def _partial_fold_string_format(op: StringFormatOp, rewriter: Rewriter) -> bool:
    """Writes constants into the format."""
    if all(_constant_text(argument) is None for argument in op.args):
        return False
    rewriter.replace_op_with(op, _format(_filled(op), op))
    return True


def _is_one_gap(op: StringFormatOp) -> bool:
    return len(op.args) == 1 and all(isinstance(part, _Gap) for part in _parts(op))


def _is_text(value: SSAValue) -> bool:
    return value.type.name == "util.buffer"


@pattern("EliminateIdentityFormat")
def _eliminate_identity_format(op: StringFormatOp, rewriter: Rewriter) -> bool:
    """A text with nothing around it is that text."""
    if not _is_one_gap(op) or not _is_text(op.args[0]):
        return False
    rewriter.replace_op(op, tuple(op.args))
    return True


@pattern("SimplifySingleIntFormatToItoa")
def _simplify_single_int_format_to_itoa(op: StringFormatOp, rewriter: Rewriter) -> bool:
    """A number with nothing around it needs no format."""
    if not _is_one_gap(op) or _is_text(op.args[0]):
        return False
    rewriter.replace_op_with(op, StringItoaOp.create(operands=[op.args[0]], result_types=[op.result.type]))
    return True


@pattern("NormalizeFormatOrdinals")
def _normalize_format_ordinals(op: StringFormatOp, rewriter: Rewriter) -> bool:
    """Fills gaps in the order of the arguments."""
    if re.search(r"\{\d", op.format.data) is None:
        return False
    rewriter.replace_op_with(op, _format(_parts(op), op))
    return True


def _fold_itoa(op: StringItoaOp) -> Folded | None:
    """The text of a constant is a constant."""
    text = _constant_text(op.value)
    return None if text is None else (StringAttr(text),)


@pattern("FoldItoaThroughZeroExtend")
def _fold_itoa_through_zero_extend(op: StringItoaOp, rewriter: Rewriter) -> bool:
    """A number of more bits has the same text."""
    source = definition(op.value)
    if not isinstance(source, ExtUIOp | IndexCastOp):
        return False
    text = _constant_text(source.operands[0])
    if text is not None:
        constant = BufferConstantOp.create(result_types=[op.result.type], properties={"value": StringAttr(text)})
        rewriter.replace_op_with(op, constant)
    elif isinstance(source, ExtUIOp):
        new = StringItoaOp.create(operands=[source.operands[0]], result_types=[op.result.type])
        rewriter.replace_op_with(op, new)
    return text is not None or isinstance(source, ExtUIOp)


RULES = (
    OpRules(
        "util.string.format",
        (
            _partial_fold_string_format,
            _eliminate_identity_format,
            _simplify_single_int_format_to_itoa,
            _normalize_format_ordinals,
        ),
        _fold_format,
    ),
    OpRules("util.string.itoa", (_fold_itoa_through_zero_extend,), _fold_itoa),
)
