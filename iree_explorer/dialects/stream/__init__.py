"""The stream dialect: asynchronous work on resources.

IREE: Stream/IR/StreamOps.td. One module per group of ops.
"""

from iree_explorer.ir.late_dialect import LateDialect

Stream = LateDialect(
    "stream",
    __name__,
    operations={
        "async_access_ops": "async.cast async.collective async.load async.store",
        "async_calls": "async.call async.dispatch async.func",
        "async_ops": "async.alloca async.barrier async.clone async.constant async.slice async.splat async.transfer",
        "async_parameter_ops": (
            "async.parameter.gather async.parameter.load async.parameter.read async.parameter.scatter "
            "async.parameter.write tensor.parameter.load tensor.parameter.write"
        ),
        "async_update_ops": "async.copy async.fill async.update",
        "cmd_calls": "cmd.call cmd.dispatch cmd.func",
        "cmd_ops": "cmd.collective cmd.copy cmd.discard cmd.fill cmd.flush cmd.invalidate",
        "cmd_parameter_ops": (
            "cmd.parameter.gather cmd.parameter.load cmd.parameter.read cmd.parameter.scatter cmd.parameter.write"
        ),
        "device_ops": (
            "channel.count channel.create channel.rank channel.split context.resolve file.constant file.read file.write"
        ),
        "executable_ops": (
            "binding.subspan dispatch.workgroup.count dispatch.workgroup.id dispatch.workgroup.size executable "
            "executable.end executable.export return"
        ),
        "packing_ops": "resource.constants resource.pack",
        "region_ops": "async.concurrent async.execute cmd.concurrent cmd.execute cmd.serial yield",
        "resource_ops": (
            "resource.alloc resource.alloca resource.dealloca resource.is_terminal resource.load "
            "resource.release resource.retain resource.size resource.store resource.subview resource.transients "
            "resource.try_map"
        ),
        "tensor_dispatch_ops": "tensor.dispatch",
        "tensor_io_ops": "tensor.export tensor.import tensor.trace",
        "tensor_ops": "tensor.clone tensor.constant tensor.empty tensor.encode tensor.sizeof tensor.slice tensor.splat",
        "tensor_update_ops": "tensor.fill tensor.load tensor.store tensor.update",
        "test_ops": "test.timeline_aware test.timeline_op",
        "timepoint_ops": (
            "timepoint.await timepoint.barrier timepoint.chain_external timepoint.export timepoint.immediate "
            "timepoint.import timepoint.join"
        ),
    },
    attributes={
        "attributes": "collective parameter.named partitioning_config resource_config timepoint",
        "types": "binding channel file resource test.fence timepoint",
    },
)
