"""Attributes that steer code generators, carried and not read. IREE: IREECodegenAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.written_attribute import WrittenAttribute


@irdl_attr_definition
class TranslationInfoAttr(WrittenAttribute, AliasedAttribute):
    """The pipeline of a kernel and its sizes."""

    name = "iree_codegen.translation_info"
    HAS_DICTIONARIES: ClassVar = True

    @override
    def alias_name(self) -> str:
        return "translation"


@irdl_attr_definition
class CompilationInfoAttr(WrittenAttribute, AliasedAttribute):
    """Tile sizes and pipeline of an op, chosen by hand."""

    name = "iree_codegen.compilation_info"

    @override
    def alias_name(self) -> str:
        return "compilation"


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute, AliasedAttribute):
    """Tile sizes by level."""

    name = "iree_codegen.lowering_config"

    @override
    def alias_name(self) -> str:
        return "config"


@irdl_attr_definition
class ExportConfigAttr(WrittenAttribute):
    """The workgroup size of an entry point."""

    name = "iree_codegen.export_config"


@irdl_attr_definition
class UKernelDescriptorAttr(WrittenAttribute):
    """A microkernel to use."""

    name = "iree_codegen.ukernel_descriptor"


@irdl_attr_definition
class WorkgroupMappingAttr(WrittenAttribute):
    """Which dimension of the grid a loop is spread over."""

    name = "iree_codegen.workgroup_mapping"


@irdl_attr_definition
class RotateRowsAttr(WrittenAttribute):
    """Rows of a buffer are rotated, each further than the one before."""

    name = "iree_codegen.rotate_rows"


@irdl_attr_definition
class XORShuffleAttr(WrittenAttribute):
    """Places in a row of a buffer are exchanged, in each row in another way."""

    name = "iree_codegen.xor_shuffle"


SWIZZLE = AttributeIs(
    "swizzling descriptor attributes", lambda attr: isinstance(attr, RotateRowsAttr | XORShuffleAttr), stored=None
)
"""How accesses to a buffer are spread. IREE: IREECodegenInterfaces.td, SwizzleAttrInterface."""
