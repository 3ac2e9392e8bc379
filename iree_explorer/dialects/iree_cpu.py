"""The `iree_cpu` dialect: attributes of the CPU code generator, carried and not read. IREE: IREECPUAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override
from xdsl.ir import Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.interfaces import AliasedAttribute
from iree_explorer.ir.interfaces.encodings import EncodingResolver
from iree_explorer.ir.written_attribute import WrittenAttribute


@irdl_attr_definition
class CPUEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out on a CPU."""

    name = "iree_cpu.cpu_encoding_resolver"


@irdl_attr_definition
class VMVXEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out for the VMVX interpreter."""

    name = "iree_cpu.vmvx_encoding_resolver"


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute, AliasedAttribute):
    """Tile sizes by level."""

    name = "iree_cpu.lowering_config"
    IS_DICTIONARY: ClassVar = True

    @override
    def alias_name(self) -> str:
        return "config"


@irdl_attr_definition
class PipelineAttr(WrittenAttribute):
    """The code generator's pipeline."""

    name = "iree_cpu.pipeline"


@irdl_attr_definition
class UKernelProviderAttr(WrittenAttribute):
    """Where microkernels come from."""

    name = "iree_cpu.ukernel_provider"


@irdl_attr_definition
class DataTiledMMAAttr(WrittenAttribute):
    """How a matrix multiplication is laid out for one instruction."""

    name = "iree_cpu.data_tiled_mma_layout"


IREECPU = Dialect(
    "iree_cpu",
    [],
    [
        CPUEncodingResolverAttr,
        VMVXEncodingResolverAttr,
        LoweringConfigAttr,
        PipelineAttr,
        UKernelProviderAttr,
        DataTiledMMAAttr,
    ],
)
