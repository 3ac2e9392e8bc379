#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", cpu_features = "", data_layout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128", iree.encoding.resolver = #iree_cpu.cpu_encoding_resolver<>, max_stack_allocation_size = 32768 : i64, native_vector_size = 16 : i64, target_triple = "x86_64-unknown-unknown-eabi-elf"}>
#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1) -> (d1)>
#device_target_local = #hal.device.target<"local", [#executable_target_embedded_elf_x86_64]> : !hal.device
module @mlp attributes {stream.affinity.default = #hal.device.affinity<@__device_0>} {
  util.global private @__device_0 = #device_target_local
  util.global private @__constant_tensor_32x10xf32 : !stream.resource<constant>
  util.global private @__constant_tensor_16x32xf32 : !stream.resource<constant>
  util.initializer {
    %c2048 = arith.constant 2048 : index
    %c1280 = arith.constant 1280 : index
    %cst = stream.async.constant on(#hal.device.affinity<@__device_0>) : !stream.resource<constant>{%c1280} = dense<"0x92465EBCE09C6E3CBD374F3EF9F3A6BE552C38BE5E63DC3E630A2F3E6EB460BED1F6583CBCF7933E8344D8BD90F9A53D1A9DEBBD0769063FE48384BE308CA1BDB8CECD3C8838E33DB70AC3BE1FF117BE2B5ADCBC5A0224BE7CDAA0BD94E0633EDC12163EAB98F53D845AFE3DBFE920BE0860503EEBEF1B3ED1222EBEA81D02BDAADF4EBE5373133D20B5253D7C36F5BE7073563E6EC11EBE56BC28BE20B7903D7D52273DB76BF6BD52D46A3E22543F3D9321CCB92D9F08BD3803773D2E4105BE9577C83DC6A43ABEBDFA653E3E6E9F3DA5A47DBEBFB5BCBD7CB4BD3C83C2E03C59D8CA3D2D1839BE304227BE21AE7CBE7AC94E3EB5AA8EBC74BD07BE9EBF31BDEDFB4ABE9218EEBC3EAF043E2294933EFF468A3CB063CBBB6362DB3D8D8899BC5807843ECAEC2EBE1774223E8F148A3CB5D6A93E00F2A73ECE86433D7D16903EEA59EF3D0DA8E03D67EC343D167A4BBECA4A84BE6D1D18BE1616FEBD973E5FBE7159423E3C90283ED2799B3EDC0BA83EAADFBA3E13EF653DF50E1BBD8AA4AA3EABDBFD3D744396BD53CB82BE27208EBDF34A843DB17D893EC85485BE5EA0663D9B1E38BEE3AA92BC2EE0D63CE809593EFCB968BE29202A3EC4BB723ECB3EFDBD202140BEC0EE7D3D62B5A3BD4A6CD33D989995B85DB38E3EBB571E3EF5F4243E0F20D9BE34443E3EAA9EF63BFCEF273C24CA3F3DFC32253E1A428E3DA2FF50BE0BAC833E4C14B1BCCD45D73E8CA3473E410CD93D20E4C6BDBEDA9FBE9684E6BD8274F83D47B6513EBEF5C93DD08089BE4BB81FBDC8F4A4BD945F61BDD8370ABE841E30BE4F0F543D028A773EAB7EEBBC9015623EABDDD83D6CDB9CBE15B43C3DCEF129BD91819EBDE5B24D3DA43D313E353684BE7F9D81BDFE97CDBD6AF802BE0155E9BD682C96BD9EF3AF3D0FF04B3D6A6E5B3DE404AB3EC487633E56B7A03C63A939BDA35041BDC36A03BE1901193EAFAF643E99398DBE211507BEF0E6F6BED6AC733CB9A948BDFFE2F8BD464C3D3CB3BAB0BDB0AA813DA116833EBCCC1D3EE5EB013E9EF78D3EF281273E7B6160BE0FD7D73B78F228BD4320C03C44EFAEBD38E824BE482B39BD7DA299BD26B2C7BD0DCB18BE48C1DE3DC0F8243EB433223D24EF74BE9E16853E62DCBB3D2FC1553EF0D3C73D0484C6BDD5CB443E4AD156BD724EF83DD16A4A3EB845453E10D3E73EDA1F52BEAB959A3D3AFF00BE682A96BD12102F3E416718BEC413C0BE0B616DBE7A30393E5B1A463DB55D813DBC6910BCDA536ABE652FA73D7D5437BE270B62BCE126473E96D158BDF1D742BE7234F93D0697463D50C5FFBC5536D03D0C7893BD803B6E3EF0ABDCBE9A8E0CBE19DB8A3DCB01573EF5243CBEACB8093EE72597BDA9F9BEBDD39D223E7C8BC03DF98CAFBC5779CFBDE4866B3DA21634BE5DAD323E2A5B603E49015DBE76CA72BE6B58343E5AE2383EA3BB04BE258F1DBEB7E4373D6A4DCB3DBD522DBE94A5B0BDC604ECBD511B96BEE8CFEE3E3EBB213EAA69003E23DB6D3EAB038F3EC573FCBC0E5A14BE96AECBBE76E3B53C9B0B3CBEADC74B3E2A4A34BE052789BE62DE023E3786573D8806F0BC7B88ECBD9ED6613D4CA8EFBCA6C10FBE3B95A23E71AEF9BDF7AE26BEC292B53E5E5762BEC3749E3E69F6483D98B990BD95D4793DA76091BE8721423E05D871BE46BF82BD50880C3EDBC7093ED83396BBF78AE3BD4C1939BEFF34B7BEF0FD0F3E9FC85F3E7EB249BDB17B073D728E90BD822B893EE4DE2BBEF03F943B8D316BBE0E871DBE902212BE237A41BE5D25C53DDAAE3FBEBF9FB53D54CC73BD"> : tensor<32x10xf32>
    %cst_0 = stream.async.constant on(#hal.device.affinity<@__device_0>) : !stream.resource<constant>{%c2048} = dense<"0x16A136BE2440CE3EAC15323E37206EBE6D5D01BF171453BD69D79F3DD556D63EFDFEAA3DB0DC99BEAE11933E53BAA13E25193A3E028778BEB27E12BD856A363D435FC2BED678D0BD591D273D34A6A63DFCC548BE31CBF03E6457D2BCFA3E3C3E899181BBE2E2253DE66CA1BEE6D37DBE50D72FBFBDA8CCBDE5E8ADBEE479DABEFF5E3EBE0FA344BE4DAFE13E843C923E4FB1753ED00F02BFA9E6B7BDD4808EBD87749C3D37803E3CDE0EBF3CEBF37D3ECB8E92BEC6DB05BEAD0A0EBD6A73F1BD603E8BBE3B2D91BE0F05A93BE5526DBE7BCCF2BC90FED0BD89EF033BCA35753E936E8DBE17A99FBE7C37E93DB3EAD73DA4A52BBD2FD39B3E0553A8BEE1DC8CBE61B1F23E4083C63E62614DBE186D283E1974223E83A6AFBDA489463EA8821A3E35FB89BEFDF2ED3EEBD932BD6DE5FC3E9EC35FBE58EC1ABF091F0F3F3CB08BBED1D8C7BEC10B993B810BC43EB9A32DBE9B0198BC6F15E43E95F2903E43E9DC3EA32EA13E6F33393E655344BEAA6A6B3EF3990BBD2CF548BE051119BEAD69CCBE78C8D8BE6E3E42BED80DE8BE855643BE1C6C043E470ED73BBD0D843ED36703BF3DBD8FBC243D18BE8BC3F73EC39230BCB0E5E13C7B9C02BDB8DF573DA0296ABE16A1133E7FD583BE246D35BD8222B0BE0D4232BEB7880B3EFCAD983EAD99D83E9789033EE4415B3E9A59093FFBB584BD6BAF2CBEF5A66DBE8F2AC1BEABA5283FD2551ABE4EB420BE3AB7F13D80869FBCA40AF8BEF013B6BE78F40C3C111BD83DD93BBBBC835192BEE83927BE6AEA82BDA3749A3E56AD363D8C0033BD2B9E9CBE7EA39ABC9961D73E2189C63D7F0ABC3D9B145E3DBB4B0ABFB85F81BD3578A1BE9E96C1BCCF765B3E7A52003FC2D6EABA2BA4E9BC51F98D3D4559B4BE798992BCEF3D24BEFD2F29BE98AA963E4871A93EA5E2E73D0C7538BE8E0C7B38B144873D90E660BE1CFA2CBE7D7A42BDCC9E88BCEC7D67BEA29EA9BDD07934BE7D9180BE6F5726BEC07471BCA75EC53DEF165A3E63D528BE8DF198BE1FBAE93EB99BE13E34A186BDC9A0C93E13D4D2BD862971BE0A2B8C3C659CCEBE1E87AF3D65145E3DA54AC0BC9A0355BEC60271BED9399B3EEB953A3EEC63EFBE8AC38FBD9E51EFBEA24340BF9EBF64BD041A003DAA67833EFEF59CBE4378B13D8F3FA3BE6FD245BEE8F88CBD89E057BED659673D581E6BBEC0B2C0BE3EEE823E2281EA3E3140023D3E24B2BEF8D20E3F9BA1473DD95108BE9D6D86BEBD473BBE49EB973DD07202BF859089BEAD1219BD0A5C8A3D52C42E3EEF89D5BD06B2403EE7EE7F3CF92780BE9014BEBBA78B19BF7AB335BEFE7342BE002E8CBD5EEE9C3EB35A913E60138B3D244A7A3EDA085CBE21E1A9BD40B081BE41B20DBF9FAF8DBED72384BE6859433CC7C5573F8C4257BEFA6B82BD5A94A4BD09F731BE8282923D24D697BE4F4349BE9BB2B73E764DE53D0684483DA2F4DB3DD566903EBCC309BE149790BEAC468DBE93E6A73EB841A93E0F82813ECF7DE9BEAB5E013FC6724EBD9339D0BEA5C51DBE1CC0113FFCAE6ABE8CC1793E67F1E7BC5C91E5BBCE1C2E3E2985B03D3A33DF3E8B6603BE722EB0BEDFCB14BE09E38CBDC36F003D9BE1FEBEA0C8223E4524F4BEEB8388BEDD59A4BDDBA6913E7623A0BD6623B1BE779F1BBEF82907BEE2723F3CDE04D7BDBDCDA43E488CF6BE6EB6AD3DDC188F3EB267043C3444D53EE0FA60BE24422EBE6A8094BC7FD1A33EDB64F13D5A47553BE4644CBECD22813E88F92BBD2BFE753D96F53DBE18A7C7BE74E3DABE13FA98BE19DA663E9B639BBD90349D3E8E3504BDC653683C75DCAF3EC6C7D83C682748BEE156933C3EA1913E5A826B3D111747BE8FEC263CEFF40FBE517B15BE4005DABC19C6813E5CAA643DF10CC3BE757B8B3E85AF74BC1EEB6DBD7A66E6BE8AABEFBECC4936BEDEC935BD06A8823E32E6D63E6A3845BEDD1D47BED0F283BEE41AE73E9434E3BE0D551D3E50D1C63D1ACDE4BEE07F1F3EA0AC17BEDBB5933E3307873E7E22EC3EE644CBBE482D4D3CB0C6BB3ED6FDCA3E56563BBED4A01DBE670D8FBD1AF984BE809099BEB375D2BD1694D2BDE3D5313D3D75083FDC4CA83E474EA0BDDECDD53DB4AFD43D788D9EBE264C71BD31B5DD3DBB2E7F3E41BD453CE6C4943E4F38213CEFB1363E952D11BE4FB6C23E01BF0BBD8A10093E87C61BBE4735AABEF019D0BE356F0F3FBFA6B03E30AEAC3E4E07263E07919F3E7E1B723E9834563E0E0CD8BE0DCD073EEAF2F9BE471E8E3E4E1B0DBEEDCB16BF04E9703D17DDEDBD3E2673BD04CCE63CD1DC923E43E7D6BE618C3ABE581833BEE4A627BD1CD709BF8F67973E71B310BEE8BA08BF61DC8E3D9E0A23BE6D0A3EBDDE83A13E248845BE23512E3FF60AA73E8EABF13DC70E723E3F06433E5C772A3D2D1223BCD9DBAC3D7D147EBEC869DB3D9F7842BE805A20BD4F4D29BFCCC9FE3E93A9A1BE815B913E0E899CBE0008023EE949BABDCC83A33E5E0DAFBD3736833E519783BD934CF1BDD128853EEB4B82BEA33A223F7F3662BEC3D1CE3E6DB5D5BD050A8EBDFB6A7A3ECCE2613E6DB2663E4234893C9659873DB978DABEE48CDF3E7D0A46BD7E2AA23D8128A7BE234B033E2A8C78BEAFB0F4BECAE46E3E53A878BE63145CBE95511C3EE2C03AB72C20AC3EA7D095BDFB7C94BEE20E833B393C933EB974B53DE973643E792D9F3EAED58E3D392B003E8F8D75BCE46EB3BEAC5CA73DAB6C13BE268E533D1E24C63E00270CBF0A3B6B3C43B84E3E041B94BEEAC61DBC871B03BE41E4523DA4C9C7BC78F6ABBE15BC07BEC1BAD13E9343813A714237BE1B8AECBD126081BE81A1413FC324DD3E9E814BBD3D56933E2BF5E9BBE8FB4DBDD06B9DBD69919B3BF02DDB3C6A2F9A3EF119333E"> : tensor<16x32xf32>
    util.global.store %cst_0, @__constant_tensor_16x32xf32 : !stream.resource<constant>
    util.global.store %cst, @__constant_tensor_32x10xf32 : !stream.resource<constant>
    util.return
  }
  stream.executable private @main_dispatch_0 {
    stream.executable.export public @main_dispatch_0_matmul_4x32x16_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_0_matmul_4x32x16_f32(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %cst = arith.constant dense<[0.00464775926, -0.0310625546, 0.0870460421, 0.0918628424, 0.0984701663, 0.0679619834, 0.0947249085, 0.0883852615, -0.0281515326, -0.0119298166, 0.152697638, -0.0519903675, 0.01211497, -0.0952181592, -0.132812023, -0.0467504151, 0.180667847, 0.0458470024, -0.0534326918, 0.083145596, 0.0882200598, 0.0698476881, 0.0266174413, -0.12650539, -0.0628358275, -0.128926218, -0.018515721, 0.0687736645, -0.0178800151, -0.0294618364, -0.0485508181, -0.0532993078]> : tensor<32xf32>
        %cst_0 = arith.constant 0.000000e+00 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x16xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<16x32xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x32xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [4, 16], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x16xf32>> -> tensor<4x16xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0, 0], sizes = [16, 32], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<16x32xf32>> -> tensor<16x32xf32>
        %5 = tensor.empty() : tensor<4x32xf32>
        %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<4x32xf32>) -> tensor<4x32xf32>
        %7 = linalg.matmul ins(%3, %4 : tensor<4x16xf32>, tensor<16x32xf32>) outs(%6 : tensor<4x32xf32>) -> tensor<4x32xf32>
        %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %cst : tensor<4x32xf32>, tensor<32xf32>) outs(%5 : tensor<4x32xf32>) {
        ^bb0(%in: f32, %in_1: f32, %out: f32):
          %9 = arith.addf %in, %in_1 : f32
          %10 = arith.maximumf %9, %cst_0 : f32
          linalg.yield %10 : f32
        } -> tensor<4x32xf32>
        iree_tensor_ext.dispatch.tensor.store %8, %2, offsets = [0, 0], sizes = [4, 32], strides = [1, 1] : tensor<4x32xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x32xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_1 {
    stream.executable.export public @main_dispatch_1_matmul_4x10x32_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_1_matmul_4x10x32_f32(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %cst = arith.constant dense<[0.0822411179, -0.172288775, -0.00822501723, 0.00762808695, -0.0427317172, -0.0409489162, -0.0278535709, 0.194559366, 0.0157227423, 0.141213581]> : tensor<10xf32>
        %cst_0 = arith.constant 0.000000e+00 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x32xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<32x10xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x10xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [4, 32], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x32xf32>> -> tensor<4x32xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0, 0], sizes = [32, 10], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<32x10xf32>> -> tensor<32x10xf32>
        %5 = tensor.empty() : tensor<4x10xf32>
        %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<4x10xf32>) -> tensor<4x10xf32>
        %7 = linalg.matmul ins(%3, %4 : tensor<4x32xf32>, tensor<32x10xf32>) outs(%6 : tensor<4x10xf32>) -> tensor<4x10xf32>
        %8 = linalg.generic {indexing_maps = [#map, #map1, #map], iterator_types = ["parallel", "parallel"]} ins(%7, %cst : tensor<4x10xf32>, tensor<10xf32>) outs(%5 : tensor<4x10xf32>) {
        ^bb0(%in: f32, %in_1: f32, %out: f32):
          %9 = arith.addf %in, %in_1 : f32
          linalg.yield %9 : f32
        } -> tensor<4x10xf32>
        iree_tensor_ext.dispatch.tensor.store %8, %2, offsets = [0, 0], sizes = [4, 10], strides = [1, 1] : tensor<4x10xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x10xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_2 {
    stream.executable.export public @main_dispatch_2_softmax_4x10xf32_dispatch_tensor_store workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_2_softmax_4x10xf32_dispatch_tensor_store(%arg0: !stream.binding, %arg1: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x10xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x10xf32>>
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [4, 10], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<4x10xf32>> -> tensor<4x10xf32>
        %3 = tensor.empty() : tensor<4x10xf32>
        %4 = linalg.softmax dimension(1) ins(%2 : tensor<4x10xf32>) outs(%3 : tensor<4x10xf32>) -> tensor<4x10xf32>
        iree_tensor_ext.dispatch.tensor.store %4, %1, offsets = [0, 0], sizes = [4, 10], strides = [1, 1] : tensor<4x10xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<4x10xf32>>
        return
      }
    }
  }
  util.func public @main(%arg0: !hal.buffer_view) -> !hal.buffer_view attributes {iree.abi.stub, iree.reflection = {iree.abi.declaration = "sync func @main(%input0: tensor<4x16xf32>) -> (%output0: tensor<4x10xf32>)"}} {
    %c160 = arith.constant 160 : index
    %c0 = arith.constant 0 : index
    %c512 = arith.constant 512 : index
    %c256 = arith.constant 256 : index
    %c16 = arith.constant 16 : index
    %c4 = arith.constant 4 : index
    %c1280 = arith.constant 1280 : index
    %c2048 = arith.constant 2048 : index
    %__constant_tensor_32x10xf32 = util.global.load immutable @__constant_tensor_32x10xf32 : !stream.resource<constant>
    %__constant_tensor_16x32xf32 = util.global.load immutable @__constant_tensor_16x32xf32 : !stream.resource<constant>
    %element_type_f32 = hal.element_type<f32> : i32
    %dense_row_major = hal.encoding_type<dense_row_major> : i32
    hal.buffer_view.assert<%arg0 : !hal.buffer_view> message("input0") shape([%c4, %c16]) type(%element_type_f32) encoding(%dense_row_major)
    %0 = stream.tensor.import on(#hal.device.affinity<@__device_0>) %arg0 : !hal.buffer_view -> tensor<4x16xf32> in !stream.resource<external>{%c256}
    %1 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_0::@main_dispatch_0_matmul_4x32x16_f32(%0[%c0 to %c256 for %c256], %__constant_tensor_16x32xf32[%c0 to %c2048 for %c2048]) : (!stream.resource<external>{%c256}, !stream.resource<constant>{%c2048}) -> !stream.resource<transient>{%c512}
    %2 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_1::@main_dispatch_1_matmul_4x10x32_f32(%1[%c0 to %c512 for %c512], %__constant_tensor_32x10xf32[%c0 to %c1280 for %c1280]) : (!stream.resource<transient>{%c512}, !stream.resource<constant>{%c1280}) -> !stream.resource<transient>{%c160}
    %3 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_2::@main_dispatch_2_softmax_4x10xf32_dispatch_tensor_store(%2[%c0 to %c160 for %c160]) : (!stream.resource<transient>{%c160}) -> !stream.resource<external>{%c160}
    %4 = stream.tensor.export on(#hal.device.affinity<@__device_0>) %3 : tensor<4x10xf32> in !stream.resource<external>{%c160} -> !hal.buffer_view
    util.return %4 : !hal.buffer_view
  }
}
