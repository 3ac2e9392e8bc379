"""Channels: the groups of participants of collective operations. IREE: HALOps.td, OpGroupChannelOps."""

from __future__ import annotations

from typing import ClassVar

from xdsl.irdl import IRDLOperation, operand_def, prop_def, result_def, traits_def
from xdsl.traits import Pure

from iree_explorer.dialects.hal.bit_fields import Flags
from iree_explorer.dialects.hal.constraints import CHANNEL, DEVICE, HOST_BUFFER, I32, I64
from iree_explorer.ir.definition import irdl_op_definition
from iree_explorer.ir.interfaces import OpAsmOpInterface

CHANNEL_FLAGS = Flags.attribute("valid ChannelFlag")


@irdl_op_definition
class ChannelCreateOp(IRDLOperation, OpAsmOpInterface):
    """A channel of a group, in which the caller is number `rank` of `count`."""

    name = "hal.channel.create"
    RESULT_NAMES: ClassVar = ("channel",)

    device = operand_def(DEVICE)
    queue_affinity = operand_def(I64)
    flags = prop_def(CHANNEL_FLAGS)
    id = operand_def(HOST_BUFFER)
    group = operand_def(HOST_BUFFER)
    rank = operand_def(I32)
    count = operand_def(I32)
    result = result_def(CHANNEL)

    custom_directives = (Flags,)
    assembly_format = (
        "`device` `(` $device `:` type($device) `)` `affinity` `(` $queue_affinity `)` "
        "`flags` `(` custom<Flags>($flags) `)` `id` `(` $id `)` `group` `(` $group `)` `rank` `(` $rank `)` "
        "`count` `(` $count `)` `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class ChannelSplitOp(IRDLOperation, OpAsmOpInterface):
    """A channel of those participants that give the same color, ordered by their keys."""

    name = "hal.channel.split"
    RESULT_NAMES: ClassVar = ("channel",)

    channel = operand_def(CHANNEL)
    color = operand_def(I32)
    key = operand_def(I32)
    flags = prop_def(CHANNEL_FLAGS)
    result = result_def(CHANNEL)

    custom_directives = (Flags,)
    assembly_format = (
        "`<` $channel `:` type($channel) `>` `color` `(` $color `)` `key` `(` $key `)` "
        "`flags` `(` custom<Flags>($flags) `)` `:` type($result) attr-dict-with-keyword"
    )


@irdl_op_definition
class ChannelRankAndCountOp(IRDLOperation, OpAsmOpInterface):
    """Which participant of a channel the caller is, and how many there are."""

    name = "hal.channel.rank_and_count"
    RESULT_NAMES: ClassVar = ("ccl_rank", "ccl_count")

    channel = operand_def(CHANNEL)
    rank = result_def(I32)
    count = result_def(I32)

    traits = traits_def(Pure())
    assembly_format = "`<` $channel `:` type($channel) `>` `:` type($rank) `,` type($count) attr-dict-with-keyword"
