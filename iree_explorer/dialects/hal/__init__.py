"""The HAL dialect as far as programs before and during scheduling use it: buffer views, fences, devices, attributes."""

from iree_explorer.ir.late_dialect import LateDialect

HAL = LateDialect(
    "hal",
    __name__,
    operations={
        "buffer_ops": (
            "buffer.length buffer.subspan buffer_view.assert buffer_view.buffer buffer_view.create "
            "buffer_view.dim buffer_view.element_type buffer_view.encoding_type buffer_view.rank "
            "buffer_view.trace element_type encoding_type"
        ),
        "device_ops": "device.allocator device.query device.resolve devices.count devices.get",
        "executable_ops": (
            "executable executable.binary executable.condition executable.source executable.source_end "
            "executable.variant executable.variant_end executable_end return"
        ),
        "export_ops": "executable.calculate_workgroups executable.constant.block executable.export",
        "fence_ops": "fence.await fence.create fence.join fence.signal",
        "interface_ops": (
            "executable.constant.load interface.binding.subspan interface.constant.load "
            "interface.workgroup.count interface.workgroup.id interface.workgroup.size"
        ),
        "program_ops": "tensor.alias tensor.barrier tensor.export tensor.import tensor.transients",
    },
    attributes={
        "affinity": "device.affinity device.optimal device.promise",
        "attributes": "device.alias device.fallback device.ordinal device.select device.target executable.target",
        "topology": (
            "abi.convention descriptor_type device.link device.topology executable.object executable.objects "
            "pipeline.binding pipeline.layout"
        ),
        "types": "allocator buffer buffer_view channel command_buffer device event executable fence file semaphore",
    },
)
