"""The HAL dialect: devices and what they are asked to do, kernels, and the edges of programs."""

from iree_explorer.ir.late_dialect import LateDialect

HAL = LateDialect(
    "hal",
    __name__,
    operations={
        "allocator_ops": (
            "allocator.allocate allocator.import allocator.resolve_memory_properties allocator.select "
            "buffer.allocation.discard buffer.allocation.is_terminal buffer.allocation.preserve buffer.assert "
            "buffer.load buffer.store buffer_usage memory_type"
        ),
        "buffer_ops": (
            "buffer.length buffer.subspan buffer_view.assert buffer_view.buffer buffer_view.create "
            "buffer_view.dim buffer_view.element_type buffer_view.encoding_type buffer_view.rank "
            "buffer_view.trace element_type encoding_type"
        ),
        "channel_ops": "channel.create channel.rank_and_count channel.split",
        "command_buffer_ops": (
            "command_buffer.begin_debug_group command_buffer.collective command_buffer.copy_buffer "
            "command_buffer.create command_buffer.device command_buffer.dispatch command_buffer.dispatch.indirect "
            "command_buffer.end_debug_group command_buffer.execution_barrier command_buffer.fill_buffer "
            "command_buffer.finalize command_buffer.update_buffer"
        ),
        "device_ops": "device.allocator device.query device.resolve devices.count devices.get",
        "dispatch_op": "dispatch.extern",
        "executable_ops": (
            "executable executable.binary executable.condition executable.source executable.source_end "
            "executable.variant executable.variant_end executable_end return"
        ),
        "export_ops": "executable.calculate_workgroups executable.constant.block executable.export",
        "fence_ops": "fence.await fence.create fence.fail fence.join fence.query fence.signal",
        "instrument_ops": (
            "instrument.memory.load instrument.memory.store instrument.print instrument.value instrument.workgroup"
        ),
        "interface_ops": (
            "executable.constant.load interface.binding.subspan interface.constant.load "
            "interface.workgroup.count interface.workgroup.id interface.workgroup.size"
        ),
        "lookup_ops": "executable.create executable.export.ordinal executable.lookup executable.lookup.function",
        "memoize_op": "device.memoize",
        "program_ops": "tensor.alias tensor.barrier tensor.export tensor.import tensor.transients",
        "queue_ops": (
            "device.queue.alloca device.queue.barrier device.queue.copy device.queue.dealloca device.queue.execute "
            "device.queue.execute.indirect device.queue.fill device.queue.flush device.queue.read "
            "device.queue.update device.queue.write ex.file.from_memory"
        ),
    },
    attributes={
        "affinity": "device.affinity device.optimal device.promise",
        "attributes": "device.alias device.fallback device.ordinal device.select device.target executable.target",
        "collective": "collective",
        "topology": (
            "abi.convention descriptor_type device.link device.topology executable.object executable.objects "
            "pipeline.binding pipeline.layout"
        ),
        "types": "allocator buffer buffer_view channel command_buffer device event executable fence file semaphore",
    },
)
