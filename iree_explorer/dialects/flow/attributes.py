"""The types and attributes of the flow dialect. IREE: FlowBase.td."""

from __future__ import annotations

from xdsl.dialects.builtin import DictionaryAttr, NoneAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition

from iree_explorer.dialects.stream.attributes import ParameterReferenceAttr


@irdl_attr_definition
class ChannelType(ParametrizedAttribute, TypeAttribute):
    """`!flow.channel`: the participants of a collective operation."""

    name = "flow.channel"


@irdl_attr_definition
class NamedParameterAttr(ParameterReferenceAttr):
    """`#flow.parameter.named<"scope"::"key", {…}> : type`."""

    name = "flow.parameter.named"

    scope: StringAttr | NoneAttr
    key: StringAttr
    config: DictionaryAttr | NoneAttr
    type: Attribute
