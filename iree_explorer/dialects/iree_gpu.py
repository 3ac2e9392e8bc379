"""The `iree_gpu` dialect: attributes of the GPU code generator, carried and not read. IREE: IREEGPUAttrs.td."""

from __future__ import annotations

from typing import ClassVar

from xdsl.ir import Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.ir.interfaces.encodings import EncodingResolver
from iree_explorer.ir.written_attribute import WrittenAttribute, written_attribute


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute):
    """Tile sizes by level."""

    name = "iree_gpu.lowering_config"
    HAS_DICTIONARIES: ClassVar = True


@irdl_attr_definition
class GPUEncodingResolverAttr(EncodingResolver):
    """How encoded tensors are laid out on a GPU."""

    name = "iree_gpu.gpu_encoding_resolver"


_OTHERS = {
    "conditional_transpose": "Workgroups are transposed where that pays.",
    "data_tiled_mma_layout": "How a matrix multiplication is laid out for instructions.",
    "data_tiled_scaled_mma_layout": "The same, for instructions with scales.",
    "derived_thread_config": "Tile sizes per thread follow from the op.",
    "gpu_padding_resolver": "How tensors are padded on a GPU.",
    "lane_constant": "An index is the same in so many lanes in a row.",
    "lane_id": "A loop is spread over the lanes of a subgroup.",
    "lane_increment": "An index grows by one a lane, in so many lanes in a row.",
    "lane_scope": "Who takes part: the lanes of a subgroup.",
    "mma_layout": "The matrix instruction to use.",
    "mma_semantics": "Whether a tiled op stands for a lane's part or for all of it.",
    "pipeline": "The code generator's pipeline.",
    "pipeline_options": "Options of the pipeline.",
    "promote_with_cache_swizzle": "Copies are spread over the cache.",
    "scaled_mma_layout": "The matrix instruction with scales to use.",
    "spirv_pipeline": "The code generator's pipeline for SPIR-V.",
    "subgroup_scope": "Who takes part: the subgroups of a workgroup.",
    "swizzle_operand": "Copies are spread over memory banks.",
    "target": "What the GPU can do.",
    "use_global_load_dma": "Copies go straight to shared memory.",
    "virtual_mma_layout": "Several matrix instructions that are used as one.",
}

IREEGPU = Dialect(
    "iree_gpu",
    [],
    [
        LoweringConfigAttr,
        GPUEncodingResolverAttr,
        *[written_attribute(f"iree_gpu.{name}", summary) for name, summary in _OTHERS.items()],
    ],
)
