"""The `iree_gpu` dialect: attributes of the GPU code generator, carried and not read. IREE: IREEGPUAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from xdsl.ir import Attribute, Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.interfaces.encodings import EncodingResolver
from iree_explorer.ir.written_attribute import WrittenAttribute


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute):
    """Tile sizes by level."""

    name = "iree_gpu.lowering_config"
    HAS_DICTIONARIES: ClassVar = True


@irdl_attr_definition
class PipelineAttr(WrittenAttribute):
    """The code generator's pipeline."""

    name = "iree_gpu.pipeline"


@irdl_attr_definition
class PipelineOptionsAttr(WrittenAttribute):
    """Options of the pipeline."""

    name = "iree_gpu.pipeline_options"


@irdl_attr_definition
class GPUEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out on a GPU."""

    name = "iree_gpu.gpu_encoding_resolver"


@irdl_attr_definition
class GPUPaddingResolverAttr(WrittenAttribute):
    """How tensors are padded on a GPU."""

    name = "iree_gpu.gpu_padding_resolver"


@irdl_attr_definition
class TargetAttr(WrittenAttribute):
    """What the GPU can do."""

    name = "iree_gpu.target"


def _attribute(class_name: str, mnemonic: str, summary: str) -> type[Attribute]:
    body = {"name": f"iree_gpu.{mnemonic}", "__doc__": summary, "__module__": __name__}
    return irdl_attr_definition(type(class_name, (WrittenAttribute,), body))


_OTHERS = [
    _attribute("MMAAttr", "mma_layout", "The matrix instruction to use."),
    _attribute("VirtualMMAAttr", "virtual_mma_layout", "Several matrix instructions that are used as one."),
    _attribute("ScaledMMAAttr", "scaled_mma_layout", "The matrix instruction with scales to use."),
    _attribute(
        "DataTiledMMAAttr", "data_tiled_mma_layout", "How a matrix multiplication is laid out for instructions."
    ),
    _attribute("DerivedThreadConfigAttr", "derived_thread_config", "Tile sizes per thread follow from the op."),
    _attribute("UseGlobalLoadDMAAttr", "use_global_load_dma", "Copies go straight to shared memory."),
    _attribute("DataTiledScaledMMAAttr", "data_tiled_scaled_mma_layout", "The same, for instructions with scales."),
    _attribute("InnerTiledSemanticsAttr", "mma_semantics", "What a tiled op stands for: a lane's part or all of it."),
    _attribute("PromoteWithCacheSwizzleAttr", "promote_with_cache_swizzle", "Copies are spread over the cache."),
    _attribute("SwizzleOperandAttr", "swizzle_operand", "Copies are spread over memory banks."),
    _attribute("SPIRVPipelineAttr", "spirv_pipeline", "The code generator's pipeline for SPIR-V."),
    _attribute("ConditionalTransposeAttr", "conditional_transpose", "Workgroups are transposed where that pays."),
    _attribute("LaneIdAttr", "lane_id", "A loop is spread over the lanes of a subgroup."),
    _attribute("LaneConstantAttr", "lane_constant", "An index is the same in so many lanes in a row."),
    _attribute("LaneIncrementAttr", "lane_increment", "An index grows by one a lane, in so many lanes in a row."),
    _attribute("LaneScopeAttr", "lane_scope", "Who takes part: the lanes of a subgroup."),
    _attribute("SubgroupScopeAttr", "subgroup_scope", "Who takes part: the subgroups of a workgroup."),
]

IREEGPU = Dialect(
    "iree_gpu",
    [],
    [
        LoweringConfigAttr,
        PipelineAttr,
        PipelineOptionsAttr,
        GPUEncodingResolverAttr,
        GPUPaddingResolverAttr,
        TargetAttr,
        *_OTHERS,
    ],
)
