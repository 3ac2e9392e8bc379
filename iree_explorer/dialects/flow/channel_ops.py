"""The participants of collectives. IREE: FlowOps.td, OpGroupChannelOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import (
    StringAttr,
)
from xdsl.irdl import (
    IRDLOperation,
    operand_def,
    opt_prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import (
    Pure,
)

from iree_explorer.dialects.flow.attributes import ChannelType
from iree_explorer.dialects.stream.constraints import INDEX
from iree_explorer.ir.assembly.format_directives import OptionalString
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import (
    OpAsmOpInterface,
    StreamAffinityOp,
)

CHANNEL = ChannelType()


@irdl_op_definition
class ChannelDefaultOp(IRDLOperation, OpAsmOpInterface, StreamAffinityOp):
    """The channel of all participants."""

    name = "flow.channel.default"
    RESULT_NAMES: ClassVar = ("default_channel",)

    group = opt_prop_def(StringAttr)
    result = result_def(CHANNEL)

    traits = traits_def(Pure())
    custom_directives = (OptionalString,)
    assembly_format = "custom<OptionalString>($group) `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelSplitOp(IRDLOperation, OpAsmOpInterface):
    """A channel of some of the participants of another."""

    name = "flow.channel.split"
    RESULT_NAMES: ClassVar = ("channel",)

    channel = operand_def(CHANNEL)
    color = operand_def(INDEX)
    key = operand_def(INDEX)
    result = result_def(CHANNEL)

    assembly_format = "$channel `,` $color `,` $key `:` type($channel) `->` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelRankOp(IRDLOperation, OpAsmOpInterface):
    """The place of this participant in a channel."""

    name = "flow.channel.rank"
    RESULT_NAMES: ClassVar = ("channel_rank",)

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelCountOp(IRDLOperation, OpAsmOpInterface):
    """How many participants a channel has."""

    name = "flow.channel.count"
    RESULT_NAMES: ClassVar = ("channel_count",)

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"
