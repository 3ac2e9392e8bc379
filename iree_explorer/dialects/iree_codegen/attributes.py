"""Attributes that steer code generators, carried and not read. IREE: IREECodegenAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.dialects.builtin import ArrayAttr, StringAttr
from xdsl.ir import Attribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser

from iree_explorer.ir.attribute_constraints import AttributeIs
from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.written_attribute import WrittenAttribute, written_attribute


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
    MEMBERS: ClassVar = {"translation_info": TranslationInfoAttr}

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


_FIRST_OF_LAST = ArrayAttr[Attribute](map(StringAttr, ("<", "z", ":", "0", ">")))
_LAST_DIMENSION = ArrayAttr[Attribute](map(StringAttr, ("<", "z", ">")))


@irdl_attr_definition
class WorkgroupMappingAttr(WrittenAttribute):
    """Which dimension of the grid a loop is spread over; the first of those that share the last one is that one."""

    name = "iree_codegen.workgroup_mapping"

    @classmethod
    @override
    def parse_parameters(cls, parser: AttrParser) -> list[Attribute]:
        parameters = super().parse_parameters(parser)
        return [_LAST_DIMENSION] if parameters == [_FIRST_OF_LAST] else parameters


ExportConfigAttr = written_attribute("iree_codegen.export_config", "The workgroup size of an entry point.")
LocalMappingAttr = written_attribute(
    "iree_codegen.local_mapping", "Which dimension of a workgroup a loop is spread over."
)
LoweringConfigLevelAttr = written_attribute("iree_codegen.lowering_config_level", "The tile sizes of one level.")
NoPipelineAttr = written_attribute("iree_codegen.no_pipeline", "No code is generated.")
PassPipelineAttr = written_attribute("iree_codegen.pass_pipeline", "The pipeline of a kernel, as a text.")
RootOpAttr = written_attribute("iree_codegen.root_op", "The op whose configuration is tuned.")
RotateRowsAttr = written_attribute(
    "iree_codegen.rotate_rows", "Rows of a buffer are rotated, each further than the one before."
)
SimpleTargetAttr = written_attribute("iree_codegen.simple_target", "How many workgroups a target can launch.")
SmtIntKnobAttr = written_attribute("iree_codegen.smt.int_knob", "A number that is tuned.")
SmtOneOfKnobAttr = written_attribute("iree_codegen.smt.one_of_knob", "A choice that is tuned.")
SymbolicUKernelProviderAttr = written_attribute(
    "iree_codegen.symbolic_ukernel_provider", "Microkernels are in the module, by name."
)
TransformDialectCodegenAttr = written_attribute(
    "iree_codegen.transform_dialect_codegen", "A script of the module says how code is generated."
)
UKernelDescriptorAttr = written_attribute("iree_codegen.ukernel_descriptor", "A microkernel to use.")
VMVXPipelineAttr = written_attribute("iree_codegen.vmvx_pipeline", "The pipeline for the VMVX interpreter.")
WorkgroupLocalAttr = written_attribute("iree_codegen.workgroup_local", "Memory that a workgroup shares.")
WorkgroupScopeAttr = written_attribute("iree_codegen.workgroup_scope", "Who takes part: the workgroups of a dispatch.")
XORShuffleAttr = written_attribute(
    "iree_codegen.xor_shuffle", "Places in a row of a buffer are exchanged, in each row in another way."
)

SWIZZLE = AttributeIs(
    "swizzling descriptor attributes", lambda attr: isinstance(attr, RotateRowsAttr | XORShuffleAttr), stored=None
)
"""How accesses to a buffer are spread. IREE: IREECodegenInterfaces.td, SwizzleAttrInterface."""
