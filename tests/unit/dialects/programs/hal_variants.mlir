#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic"}>
#map = affine_map<()[s0] -> (s0 ceildiv 64)>
#pipeline_layout = #hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>, #hal.pipeline.binding<storage_buffer>]>
module {
  hal.executable private @kernels {
    hal.executable.variant public @cpu target(#executable_target_embedded_elf_x86_64) objects([#hal.executable.object<{path = "a.o"}>]) sources({a = 1 : i32}) attributes {b} {
      hal.executable.condition(%arg0: !hal.device) -> i1 {
        %ok, %value = hal.device.query<%arg0 : !hal.device> key("hal.device.id" :: "local*") : i1, i1 = false
        hal.return %value : i1
      }
      hal.executable.constant.block(%arg0: !hal.device) -> (i32, i32) as ("foo", "bar") {
        %c1_i32 = arith.constant 1 : i32
        hal.return %c1_i32, %c1_i32 : i32, i32
      }
      hal.executable.constant.block() -> i32 as "baz" attributes {x} {
        %c1_i32 = arith.constant 1 : i32
        hal.return %c1_i32 : i32
      }
      hal.executable.export public @simple_mul ordinal(0) layout(#pipeline_layout) count(%arg0: !hal.device, %arg1: index) -> (index, index, index) {
        %0 = affine.apply #map()[%arg1]
        %c1 = arith.constant 1 : index
        hal.return %0, %c1, %c1 : index, index, index
      }
      builtin.module {
        func.func @simple_mul() {
          %c0 = arith.constant 0 : index
          %0 = hal.interface.constant.load layout(#pipeline_layout) ordinal(0) alignment(64) values([0 : i32, 1 : i32]) : i32
          %1 = hal.executable.constant.load "foo" : i32
          %2 = arith.index_cast %0 : i32 to index
          %workgroup_id_x = hal.interface.workgroup.id[0] : index
          %workgroup_count_y = hal.interface.workgroup.count[1] upper_bound 8 : index
          %workgroup_size_z = hal.interface.workgroup.size[2] {a} : index
          %3 = hal.interface.binding.subspan layout(#pipeline_layout) binding(0) alignment(64) offset(%c0) flags(ReadOnly) : !iree_tensor_ext.dispatch.tensor<readonly:tensor<?xf32>>{%2}
          %4 = hal.interface.binding.subspan layout(#pipeline_layout) binding(1) flags("ReadOnly|Indirect") {b} : memref<4xf32>
          return
        }
      }
    }
    hal.executable.binary public @bin <format = "elf", data = dense<1> : vector<128xi8>, mime_type = "x"> attributes {c}
  }
  hal.executable public lazy @lazy {
  }
  util.func private @host(%arg0: !hal.device, %arg1: index) -> (index, index, index) {
    %workgroup_x, %workgroup_y, %workgroup_z = hal.executable.calculate_workgroups device(%arg0 : !hal.device) target(@kernels::@cpu::@simple_mul) workload([%arg1]) : index, index, index
    util.return %workgroup_x, %workgroup_y, %workgroup_z : index, index, index
  }
}
