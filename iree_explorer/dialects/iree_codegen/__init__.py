"""The `iree_codegen` dialect: what kernels have while code is generated for them. IREE: IREECodegenOps.td, IREECodegenAttrs.td."""

from iree_explorer.ir.late_dialect import LateDialect

IREECodegen = LateDialect(
    "iree_codegen",
    __name__,
    operations={
        "ops": (
            "dispatch_config fusion_barrier load_from_buffer query_tile_sizes store_to_buffer ukernel.generic "
            "workgroup_count_hint yield"
        )
    },
    attributes={
        "attributes": (
            "compilation_info export_config lowering_config translation_info ukernel_descriptor workgroup_mapping"
        ),
    },
)
