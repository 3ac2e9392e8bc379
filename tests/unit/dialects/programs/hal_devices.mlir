module {
  util.global private @a : !hal.device
  util.func private @devices(%arg0: index) -> (!hal.device, !hal.device, !hal.device) {
    %c1 = arith.constant 1 : index
    %c-1 = arith.constant -1 : index
    %device_count = hal.devices.count : index
    %device_1 = hal.devices.get %c1 : !hal.device
    %device_18446744073709551615 = hal.devices.get %c-1 : !hal.device
    %device_n = hal.devices.get %arg0 {a = 1 : i32} : !hal.device
    %device, %allocator, %queue_affinity = hal.device.resolve on(#hal.device.affinity<@a, [0]>) : !hal.device, !hal.allocator, i64
    %device_0 = hal.device.resolve : !hal.device
    %allocator_1 = hal.device.allocator<%device_0 : !hal.device> : !hal.allocator attributes {a = 1 : i32}
    %ok, %value = hal.device.query<%device_0 : !hal.device> key("hal.device.id" :: "local*") : i1, i1 = false
    %ok_2, %value_3 = hal.device.query<%device_0 : !hal.device> key("sys" :: "foo") : i1, i32
    %ok_4, %value_5 = hal.device.query<%device_0 : !hal.device> key("sys" :: "foo") : i1, i32 = 3 : i32 attributes {a = 1 : i32}
    util.return %device_1, %device_n, %device : !hal.device, !hal.device, !hal.device
  }
}
