#composite_of_6b = #util.composite<6xi8, [
    dense<3> : tensor<1xi32>,
    dense<4> : vector<2xi8>,
]>
#device_target_amdgpu = #hal.device.target<"amdgpu"> : !hal.device
#executable_target_b = #hal.executable.target<"a", "b">
#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", native_vector_size = 16 : i64}>
#executable_target_vmvx_bytecode_fb = #hal.executable.target<"vmvx", "vmvx-bytecode-fb">
#pipeline_layout = #hal.pipeline.layout<constants = 2, bindings = [#hal.pipeline.binding<storage_buffer, "ReadOnly|Indirect">, #hal.pipeline.binding<uniform_buffer>], flags = Indirect>
#device_target_local_1_ = #hal.device.target<"local", {ordinal = 1 : index}, [#executable_target_embedded_elf_x86_64, #executable_target_vmvx_bytecode_fb]> : !hal.device
module {
  util.global private @a = #stream.timepoint<immediate> : !stream.timepoint
  util.global private @b = #stream.parameter.named<"scope"::"key", {note = 1 : i8}> : tensor<4xf32>
  util.global private @c = #stream.parameter.named<"key"> : tensor<?x4xf32>
  util.global private @d = #util.byte_pattern<7> : tensor<4xi32>
  util.global private @e = #util.uninitialized : tensor<4xi32>
  util.global private @f = #flow.parameter.named<"scope"::"key"> : tensor<4xf32>
  util.global private @local = #device_target_local_1_
  util.global private @selected = #hal.device.select<[#device_target_amdgpu, #hal.device.ordinal<3> : !hal.device]> : !hal.device
  util.global private @fallback = #hal.device.fallback<@local> : !hal.device
  util.global private @alias = #hal.device.alias<"local"[3], {x}> : !hal.device
  util.global private @null = #util.null : !hal.device
  util.func private @attributes(%arg0: !util.list<?>, %arg1: !util.ptr<!util.buffer>, %arg2: !hal.file, %arg3: !hal.semaphore, %arg4: !hal.event, %arg5: !stream.binding, %arg6: !stream.test.fence, %arg7: !flow.channel, %arg8: !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x?xf32>>) attributes {a0 = #hal.device.affinity<@local>, a1 = #hal.device.affinity<@local, [0, 3]>, a2 = #hal.device.promise<@local, [1]>, a3 = #hal.device.optimal<[#hal.device.affinity<@local>, #hal.device.affinity<@fallback>]>, a4 = #hal.device.topology<links = [(@local -> @fallback = {unified_memory = true}), (@fallback -> @local = {transparent_access = true})]>, a5 = #pipeline_layout, a6 = #hal.executable.objects<{#executable_target_b = [#hal.executable.object<{path = "a.o"}>]}>, a7 = #hal.descriptor_type<storage_buffer>, a8 = #hal.abi.convention<coarse_fences>, b2 = #stream.collective<all_reduce with maximum : bf16>, b3 = #stream.collective<send_recv : ui8>, c0 = #composite_of_6b, c1 = #util.byte_range<1, 2>, c2 = #util.inline.never, c3 = #util.inline.always, c4 = #util.int.assumption<umin = 1, umax = 9, udiv = 3>, c5 = #util.preprocessing_pipeline<"a,b">, c6 = #iree_tensor_ext.ragged_shape<2>}
}
