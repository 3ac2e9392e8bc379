"""The `iree_gpu` dialect: attributes of the GPU code generator, carried and not read. IREE: IREEGPUAttrs.td."""

from __future__ import annotations

from xdsl.ir import Dialect
from xdsl.irdl import irdl_attr_definition

from iree_explorer.dialects.written_attribute import WrittenAttribute


@irdl_attr_definition
class LoweringConfigAttr(WrittenAttribute):
    """Tile sizes by level."""

    name = "iree_gpu.lowering_config"


@irdl_attr_definition
class PipelineAttr(WrittenAttribute):
    """The code generator's pipeline."""

    name = "iree_gpu.pipeline"


@irdl_attr_definition
class PipelineOptionsAttr(WrittenAttribute):
    """Options of the pipeline."""

    name = "iree_gpu.pipeline_options"


@irdl_attr_definition
class GPUEncodingResolverAttr(WrittenAttribute):
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
    ],
)
