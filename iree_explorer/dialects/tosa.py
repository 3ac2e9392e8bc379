"""The `tosa` dialect: xDSL's ops, and the attribute that modules compiled from TOSA carry."""

from __future__ import annotations

from xdsl.dialects.tosa import TOSA as XDSL_TOSA
from xdsl.ir import Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.written_attribute import WrittenAttribute


@irdl_attr_definition
class TargetEnvAttr(WrittenAttribute):
    """The TOSA profiles and extensions that a module may use."""

    name = "tosa.target_env"


TOSA = Dialect("tosa", list(XDSL_TOSA.operations), [*XDSL_TOSA.attributes, TargetEnvAttr])
