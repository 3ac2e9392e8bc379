"builtin.module"() ({
  "util.global"() <{sym_name = "a", sym_visibility = "private", type = !hal.device}> : () -> ()
  "util.func"() <{function_type = (index) -> (!hal.device, !hal.device, !hal.device), sym_name = "devices", sym_visibility = "private", tied_operands = [-1 : index, -1 : index, -1 : index]}> ({
  ^bb0(%arg0: index):
    %0 = "arith.constant"() <{value = 1 : index}> : () -> index
    %1 = "arith.constant"() <{value = -1 : index}> : () -> index
    %2 = "hal.devices.count"() : () -> index
    %3 = "hal.devices.get"(%0) : (index) -> !hal.device
    %4 = "hal.devices.get"(%1) : (index) -> !hal.device
    %5 = "hal.devices.get"(%arg0) {a = 1 : i32} : (index) -> !hal.device
    %6:3 = "hal.device.resolve"() <{affinity = #hal.device.affinity<@a, [0]>}> : () -> (!hal.device, !hal.allocator, i64)
    %7 = "hal.device.resolve"() : () -> !hal.device
    %8 = "hal.device.allocator"(%7) {a = 1 : i32} : (!hal.device) -> !hal.allocator
    %9:2 = "hal.device.query"(%7) <{category = "hal.device.id", default_value = false, key = "local*"}> : (!hal.device) -> (i1, i1)
    %10:2 = "hal.device.query"(%7) <{category = "sys", key = "foo"}> : (!hal.device) -> (i1, i32)
    %11:2 = "hal.device.query"(%7) <{category = "sys", default_value = 3 : i32, key = "foo"}> {a = 1 : i32} : (!hal.device) -> (i1, i32)
    "util.return"(%3, %5, %6#0) : (!hal.device, !hal.device, !hal.device) -> ()
  }) : () -> ()
}) : () -> ()
