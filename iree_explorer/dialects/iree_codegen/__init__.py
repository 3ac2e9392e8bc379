"""The `iree_codegen` dialect: what kernels have while code is generated for them. IREE: IREECodegenOps.td, IREECodegenAttrs.td."""

from iree_explorer.ir.late_dialect import LateDialect

IREECodegen = LateDialect(
    "iree_codegen",
    __name__,
    operations={
        "hint_ops": "extract_strided_metadata index_hint null_pointer swizzle_hint",
        "ops": (
            "dispatch_config fusion_barrier load_from_buffer query_tile_sizes store_to_buffer ukernel.generic "
            "workgroup_count_hint yield"
        ),
    },
    attributes={
        "attributes": (
            "compilation_info export_config lowering_config rotate_rows translation_info ukernel_descriptor "
            "workgroup_mapping xor_shuffle"
        ),
        "types": "null_pointer",
    },
)
