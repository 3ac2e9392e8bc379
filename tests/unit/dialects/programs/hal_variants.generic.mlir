#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic"}>
#map = affine_map<()[s0] -> (s0 ceildiv 64)>
#pipeline_layout = #hal.pipeline.layout<constants = 1, bindings = [#hal.pipeline.binding<storage_buffer, ReadOnly>, #hal.pipeline.binding<storage_buffer>]>
"builtin.module"() ({
  "hal.executable"() <{sym_name = "kernels", sym_visibility = "private"}> ({
    "hal.executable.variant"() <{objects = [#hal.executable.object<{path = "a.o"}>], sources = {a = 1 : i32}, sym_name = "cpu", sym_visibility = "public", target = #executable_target_embedded_elf_x86_64}> ({
      "hal.executable.condition"() <{function_type = (!hal.device) -> i1}> ({
      ^bb0(%arg5: !hal.device):
        %14:2 = "hal.device.query"(%arg5) <{category = "hal.device.id", default_value = false, key = "local*"}> : (!hal.device) -> (i1, i1)
        "hal.return"(%14#1) : (i1) -> ()
      }) : () -> ()
      "hal.executable.constant.block"() <{function_type = (!hal.device) -> (i32, i32), keys = ["foo", "bar"]}> ({
      ^bb0(%arg4: !hal.device):
        %13 = "arith.constant"() <{value = 1 : i32}> : () -> i32
        "hal.return"(%13, %13) : (i32, i32) -> ()
      }) : () -> ()
      "hal.executable.constant.block"() <{function_type = () -> i32, keys = ["baz"]}> ({
        %12 = "arith.constant"() <{value = 1 : i32}> : () -> i32
        "hal.return"(%12) : (i32) -> ()
      }) {x} : () -> ()
      "hal.executable.export"() <{layout = #pipeline_layout, ordinal = 0 : index, sym_name = "simple_mul", sym_visibility = "public"}> ({
      ^bb0(%arg2: !hal.device, %arg3: index):
        %10 = "affine.apply"(%arg3) <{map = #map}> : (index) -> index
        %11 = "arith.constant"() <{value = 1 : index}> : () -> index
        "hal.return"(%10, %11, %11) : (index, index, index) -> ()
      }, {
      }) : () -> ()
      "builtin.module"() ({
        "func.func"() <{function_type = () -> (), sym_name = "simple_mul"}> ({
          %1 = "arith.constant"() <{value = 0 : index}> : () -> index
          %2 = "hal.interface.constant.load"() <{alignment = 64 : index, layout = #pipeline_layout, ordinal = 0 : index, values = [0 : i32, 1 : i32]}> : () -> i32
          %3 = "hal.executable.constant.load"() <{key = "foo"}> : () -> i32
          %4 = "arith.index_cast"(%2) : (i32) -> index
          %5 = "hal.interface.workgroup.id"() <{dimension = 0 : index}> : () -> index
          %6 = "hal.interface.workgroup.count"() <{dimension = 1 : index, upper_bound = 8 : index}> : () -> index
          %7 = "hal.interface.workgroup.size"() <{dimension = 2 : index}> {a} : () -> index
          %8 = "hal.interface.binding.subspan"(%1, %4) <{alignment = 64 : index, binding = 0 : index, descriptor_flags = 1 : i32, layout = #pipeline_layout, operandSegmentSizes = array<i32: 1, 1>}> : (index, index) -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<?xf32>>
          %9 = "hal.interface.binding.subspan"() <{binding = 1 : index, descriptor_flags = 3 : i32, layout = #pipeline_layout, operandSegmentSizes = array<i32: 0, 0>}> {b} : () -> memref<4xf32>
          "func.return"() : () -> ()
        }) : () -> ()
      }) : () -> ()
      "hal.executable.variant_end"() : () -> ()
    }) {b} : () -> ()
    "hal.executable.binary"() <{data = dense<1> : vector<128xi8>, format = "elf", mime_type = "x", sym_name = "bin", sym_visibility = "public"}> {c} : () -> ()
    "hal.executable_end"() : () -> ()
  }) : () -> ()
  "hal.executable"() <{lazy, sym_name = "lazy", sym_visibility = "public"}> ({
    "hal.executable_end"() : () -> ()
  }) : () -> ()
  "util.func"() <{function_type = (!hal.device, index) -> (index, index, index), sym_name = "host", sym_visibility = "private", tied_operands = [-1 : index, -1 : index, -1 : index]}> ({
  ^bb0(%arg0: !hal.device, %arg1: index):
    %0:3 = "hal.executable.calculate_workgroups"(%arg0, %arg1) <{entry_point = @kernels::@cpu::@simple_mul}> : (!hal.device, index) -> (index, index, index)
    "util.return"(%0#0, %0#1, %0#2) : (index, index, index) -> ()
  }) : () -> ()
}) : () -> ()
