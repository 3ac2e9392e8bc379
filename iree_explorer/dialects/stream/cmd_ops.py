"""The commands on resources. IREE: StreamOps.td, OpGroupCmdOps."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, IntegerAttr
from xdsl.ir import SSAValue
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    var_operand_def,
)
from xdsl.utils.exceptions import VerifyException

from iree_explorer.dialects.stream.attributes import CollectiveAttr
from iree_explorer.dialects.stream.cmd_directives import DispatchResources, accesses
from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_RESOURCE,
    ANY_STREAM_RESOURCE,
    CHANNEL,
    I32,
    INDEX,
    NATIVE_FILL_PATTERN,
)
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    ResourceAccess,
    SizeAwareOpInterface,
    StreamableOpInterface,
    SubviewEffectOpInterface,
    size_in_list,
)


class CommandOp(IRDLOperation, CmdPhaseOp, StreamableOpInterface, SubviewEffectOpInterface, SizeAwareOpInterface):
    """A command that touches parts of resources."""


class CmdTargetOp(CommandOp):
    """A command about a part of one resource."""

    OPERAND_SIZES: ClassVar = ("target_size",)

    target = operand_def(ANY_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_length = operand_def(INDEX)


@irdl_op_definition
class CmdFlushOp(CmdTargetOp):
    """Makes what was written visible to others."""

    name = "stream.cmd.flush"

    source_affinity = opt_prop_def(AFFINITY)

    assembly_format = (
        "(`to` `(` $source_affinity^ `)`)? $target `[` $target_offset `for` $target_length `]` `:` "
        "type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdInvalidateOp(CmdTargetOp):
    """Makes what others wrote visible here."""

    name = "stream.cmd.invalidate"

    source_affinity = opt_prop_def(AFFINITY)

    assembly_format = (
        "(`from` `(` $source_affinity^ `)`)? $target `[` $target_offset `for` $target_length `]` `:` "
        "type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdDiscardOp(CmdTargetOp):
    """Says that nobody needs the contents any more."""

    name = "stream.cmd.discard"

    assembly_format = (
        "$target `[` $target_offset `for` $target_length `]` `:` type($target) `` `{` $target_size `}` "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdFillOp(CommandOp):
    """Fills a part of a resource with a pattern."""

    name = "stream.cmd.fill"
    OPERAND_SIZES: ClassVar = ("target_size",)

    target = operand_def(ANY_STREAM_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    target_length = operand_def(INDEX)
    value = operand_def(NATIVE_FILL_PATTERN)

    assembly_format = (
        "$value `,` $target `[` $target_offset `for` $target_length `]` `:` type($value) `->` "
        "type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdCopyOp(CommandOp):
    """Copies a part of a resource to another."""

    name = "stream.cmd.copy"
    OPERAND_SIZES: ClassVar = ("source_size", "target_size")

    source = operand_def(ANY_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    target = operand_def(ANY_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)

    assembly_format = (
        "$source `[` $source_offset `]` `,` $target `[` $target_offset `]` `,` $length `:` "
        "type($source) `` `{` $source_size `}` `->` type($target) `` `{` $target_size `}` attr-dict-with-keyword"
    )


@irdl_op_definition
class CmdCollectiveOp(CommandOp):
    """Exchanges data between the participants of a channel."""

    name = "stream.cmd.collective"

    op = prop_def(CollectiveAttr)
    channel = operand_def(CHANNEL)
    element_count = operand_def(INDEX)
    param = opt_operand_def(I32)
    resources = var_operand_def(ANY_STREAM_RESOURCE)
    resource_sizes = var_operand_def(INDEX)
    resource_offsets = var_operand_def(INDEX)
    resource_lengths = var_operand_def(INDEX)
    resource_accesses = prop_def(ArrayAttr[IntegerAttr])

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    custom_directives = (DispatchResources,)
    assembly_format = (
        "`` $op `` `[` $element_count `]` `channel` `(` $channel `)` "
        "(`param` `(` $param^ `:` type($param) `)`)? ` ` `{` "
        "custom<DispatchResources>($resources, type($resources), $resource_sizes, $resource_offsets, "
        "$resource_lengths, $resource_accesses) `\\n` `}` attr-dict-with-keyword"
    )

    @override
    def size_of_operand(self, operand: int) -> SSAValue | None:
        first = 2 + (self.param is not None)
        return size_in_list(operand - first, self.resources, self.resource_sizes) if operand >= first else None

    @override
    def verify_(self) -> None:
        # IREE: StreamOps.cpp, CmdCollectiveOp::verify
        count = len(self.resources)
        declared = accesses(self.resource_accesses)
        if not count == len(self.resource_sizes) == len(self.resource_offsets) == len(self.resource_lengths):
            raise VerifyException(f"with {count} resources has mismatched associated ranges")
        if len(declared) != count:
            raise VerifyException(f"with {count} resources has mismatched associated ranges")
        required = {
            "send": (ResourceAccess.READ,),
            "recv": (ResourceAccess.WRITE,),
        }.get(self.op.kind.data, (ResourceAccess.READ, ResourceAccess.WRITE))
        if count != len(required):
            raise VerifyException(f"requires {len(required)} resources but {count} provided")
        for index, (need, have) in enumerate(zip(required, declared, strict=True)):
            if need not in have:
                raise VerifyException(
                    f"resource {index} requires access {_access_name(need)} but is declared as {_access_name(have)}"
                )


def _access_name(access: ResourceAccess) -> str:
    return "|".join(part.name.capitalize() for part in access if part.name) or "None"
