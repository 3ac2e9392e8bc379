"""What a device offers besides memory: contexts, files, channels. IREE: StreamOps.td."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.irdl import (
    AttrSizedOperandSegments,
    IRDLOperation,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    result_def,
    traits_def,
    var_result_def,
)
from xdsl.traits import AlwaysSpeculatable, MemoryAllocEffect, Pure

from iree_explorer.dialects.stream.constraints import (
    AFFINITY,
    ANY_STREAM_RESOURCE,
    BUFFER,
    CHANNEL,
    FILE,
    I64,
    INDEX,
    TIMEPOINT,
)
from iree_explorer.dialects.stream.directives import AwaitOrColon
from iree_explorer.dialects.stream.phases import CmdPhaseOp
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    AffinityOpInterface,
    OpAsmOpInterface,
    SizeAwareOpInterface,
    TimelineOpInterface,
)


@irdl_op_definition
class ContextResolveOp(IRDLOperation, AffinityOpInterface):
    """The runtime's objects for an affinity: device, allocator, queues."""

    name = "stream.context.resolve"

    affinity = opt_prop_def(AFFINITY)
    results_ = var_result_def()

    traits = traits_def(Pure())
    assembly_format = "(`on` `(` $affinity^ `)`)? attr-dict `:` type($results_)"


@irdl_op_definition
class FileConstantOp(IRDLOperation, OpAsmOpInterface, AffinityOpInterface, SizeAwareOpInterface):
    """A part of a host buffer, as a file."""

    name = "stream.file.constant"
    RESULT_NAMES: ClassVar = ("file",)
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(BUFFER)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    source_length = operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(FILE)

    traits = traits_def(AlwaysSpeculatable(), MemoryAllocEffect())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? $source `[` $source_offset `for` $source_length `]` `:` "
        "type($source) `` `{` $source_size `}` `->` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class FileReadOp(IRDLOperation, AffinityOpInterface, CmdPhaseOp, TimelineOpInterface, SizeAwareOpInterface):
    """Reads a part of a file into a part of a resource."""

    name = "stream.file.read"
    OPERAND_SIZES: ClassVar = ("target_size",)

    source = operand_def(FILE)
    source_offset = operand_def(I64)
    target = operand_def(ANY_STREAM_RESOURCE)
    target_size = operand_def(INDEX)
    target_offset = operand_def(INDEX)
    length = operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (AwaitOrColon,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? custom<AwaitOrColon>($await_timepoint) "
        "$source `[` $source_offset `]` `,` $target `[` $target_offset `]` `,` $length `:` "
        "type($source) `->` type($target) `` `{` $target_size `}` `=` `` `>` type($result_timepoint) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class FileWriteOp(IRDLOperation, AffinityOpInterface, CmdPhaseOp, TimelineOpInterface, SizeAwareOpInterface):
    """Writes a part of a resource to a part of a file."""

    name = "stream.file.write"
    OPERAND_SIZES: ClassVar = ("source_size",)

    source = operand_def(ANY_STREAM_RESOURCE)
    source_size = operand_def(INDEX)
    source_offset = operand_def(INDEX)
    target = operand_def(FILE)
    target_offset = operand_def(I64)
    length = operand_def(INDEX)
    await_timepoint = opt_operand_def(TIMEPOINT)
    affinity = opt_prop_def(AFFINITY)
    result_timepoint = result_def(TIMEPOINT)

    custom_directives = (AwaitOrColon,)
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? custom<AwaitOrColon>($await_timepoint) "
        "$source `[` $source_offset `]` `,` $target `[` $target_offset `]` `,` $length `:` "
        "type($source) `` `{` $source_size `}` `->` type($target) `=` `` `>` type($result_timepoint) "
        "attr-dict-with-keyword"
    )


@irdl_op_definition
class ChannelCreateOp(IRDLOperation, OpAsmOpInterface, AffinityOpInterface):
    """A channel that devices exchange data through."""

    name = "stream.channel.create"
    RESULT_NAMES: ClassVar = ("channel",)

    id = opt_operand_def(BUFFER)
    group = opt_prop_def(StringAttr)
    rank = opt_operand_def(INDEX)
    count = opt_operand_def(INDEX)
    affinity = opt_prop_def(AFFINITY)
    result = result_def(CHANNEL)

    irdl_options = (AttrSizedOperandSegments(as_property=True),)
    traits = traits_def(Pure())
    assembly_format = (
        "(`on` `(` $affinity^ `)`)? (`id` `(` $id^ `)`)? (`group` `(` $group^ `)`)? (`rank` `(` $rank^ `)`)? "
        "(`count` `(` $count^ `)`)? `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class ChannelSplitOp(IRDLOperation, OpAsmOpInterface):
    """A channel of some of the participants of another."""

    name = "stream.channel.split"
    RESULT_NAMES: ClassVar = ("channel",)

    channel = operand_def(CHANNEL)
    color = operand_def(INDEX)
    key = operand_def(INDEX)
    result = result_def(CHANNEL)

    traits = traits_def(Pure())
    assembly_format = "$channel `,` $color `,` $key `:` type($channel) `->` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelRankOp(IRDLOperation, OpAsmOpInterface):
    """The place of this participant in a channel."""

    name = "stream.channel.rank"
    RESULT_NAMES: ClassVar = ("ccl_rank",)

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelCountOp(IRDLOperation, OpAsmOpInterface):
    """How many participants a channel has."""

    name = "stream.channel.count"
    RESULT_NAMES: ClassVar = ("ccl_count",)

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"
