"""The participants of collectives. IREE: FlowOps.td, OpGroupChannelOps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import (
    StringAttr,
)
from xdsl.ir import SSAValue
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

from iree_explorer.dialects.definition import irdl_op_definition
from iree_explorer.dialects.flow.attributes import ChannelType
from iree_explorer.dialects.format_directives import OptionalString
from iree_explorer.dialects.interfaces import (
    OpAsmOpInterface,
    StreamAffinityOp,
)
from iree_explorer.dialects.stream.constraints import INDEX

CHANNEL = ChannelType()


class ChannelOp(IRDLOperation, OpAsmOpInterface):
    """An op about a channel, with a name for its result."""

    RESULT_NAME: ClassVar[str] = "channel"

    @override
    def asm_result_names(self) -> Iterable[tuple[SSAValue, str]]:
        yield self.results[0], self.RESULT_NAME


@irdl_op_definition
class ChannelDefaultOp(ChannelOp, StreamAffinityOp):
    """The channel of all participants."""

    name = "flow.channel.default"
    RESULT_NAME: ClassVar[str] = "default_channel"

    group = opt_prop_def(StringAttr)
    result = result_def(CHANNEL)

    traits = traits_def(Pure())
    custom_directives = (OptionalString,)
    assembly_format = "custom<OptionalString>($group) `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelSplitOp(ChannelOp):
    """A channel of some of the participants of another."""

    name = "flow.channel.split"

    channel = operand_def(CHANNEL)
    color = operand_def(INDEX)
    key = operand_def(INDEX)
    result = result_def(CHANNEL)

    assembly_format = "$channel `,` $color `,` $key `:` type($channel) `->` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelRankOp(ChannelOp):
    """The place of this participant in a channel."""

    name = "flow.channel.rank"
    RESULT_NAME: ClassVar[str] = "channel_rank"

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"


@irdl_op_definition
class ChannelCountOp(ChannelOp):
    """How many participants a channel has."""

    name = "flow.channel.count"
    RESULT_NAME: ClassVar[str] = "channel_count"

    channel = operand_def(CHANNEL)
    result = result_def(INDEX)

    traits = traits_def(Pure())
    assembly_format = "$channel `:` type($result) attr-dict-with-keyword"
