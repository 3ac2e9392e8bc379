#executable_target_embedded_elf_x86_64 = #hal.executable.target<"llvm-cpu", "embedded-elf-x86_64", {cpu = "generic", cpu_features = "", data_layout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128", iree.encoding.resolver = #iree_cpu.cpu_encoding_resolver<>, max_stack_allocation_size = 32768 : i64, native_vector_size = 16 : i64, target_triple = "x86_64-unknown-unknown-eabi-elf"}>
#map = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d4, d2 + d5)>
#map1 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d4, d5, d3)>
#map2 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3)>
#map3 = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
#map4 = affine_map<(d0, d1, d2, d3) -> (d3)>
#map5 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 * 2 + d4, d2 * 2 + d5, d3)>
#map6 = affine_map<(d0, d1, d2, d3, d4, d5) -> (d4, d5)>
#map7 = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5, d6)>
#map8 = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d4, d5, d6, d3)>
#map9 = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
#map10 = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
#map11 = affine_map<(d0, d1, d2) -> (d1)>
#map12 = affine_map<(d0, d1, d2) -> (d0, d1)>
#map13 = affine_map<(d0, d1) -> (d0, d1)>
#map14 = affine_map<(d0, d1) -> (d1)>
#device_target_local = #hal.device.target<"local", [#executable_target_embedded_elf_x86_64]> : !hal.device
module @cnn attributes {stream.affinity.default = #hal.device.affinity<@__device_0>} {
  util.global private @__device_0 = #device_target_local
  util.global private @__constant_tensor_3x3x8xf32 : !stream.resource<constant>
  util.global private @__constant_tensor_16x10xf32 : !stream.resource<constant>
  util.global private @__constant_tensor_3x3x8x16xf32 : !stream.resource<constant>
  util.initializer {
    %c4608 = arith.constant 4608 : index
    %c640 = arith.constant 640 : index
    %c288 = arith.constant 288 : index
    %cst = stream.async.constant on(#hal.device.affinity<@__device_0>) : !stream.resource<constant>{%c288} = dense<[[[-0.237798497, 0.537110806, 0.231881067, -0.310059696, -0.673775732, -0.0687104389, 0.104063444, 0.558174968], [0.111325555, -0.400682449, 0.382992357, 0.421166211, 0.242315397, -0.323603362, -0.0476871431, 0.0593802407], [-0.506177366, -0.135723963, 0.0543992966, 0.108495593, -0.261423647, 0.62706697, -0.0342352502, 0.245111972]], [[-0.00527215563, 0.0539994352, -0.420378625, -0.330504864, -0.915838837, -0.133241624, -0.452889949, -0.568948269], [-0.247879013, -0.256037682, 0.587720752, 0.38082391, 0.319912255, -0.677405059, -0.119727217, -0.092775546], [0.101858839, 0.0155029977, 0.0310966913, 0.330667734, -0.381660879, -0.174294904, -0.0462375358, -0.157194555]], [[-0.362613708, -0.378064275, 0.00687743164, -0.309015393, -0.0395180248, -0.136064053, 0.00268423837, 3.192840e-01], [-0.368312329, -0.415782571, 0.151833802, 0.140570834, -0.055874683, 0.405794084, -0.438344538, -0.36683026], [0.632012725, 0.516960144, -0.267422408, 0.219304875, 2.115280e-01, -0.11435575, 0.258512586, 0.20118539]]]> : tensor<3x3x8xf32>
    %cst_0 = stream.async.constant on(#hal.device.affinity<@__device_0>) : !stream.resource<constant>{%c640} = dense<"0xD365333FD1DCE43C0E8B2FBE072C913D00C4573EF619393D191A143EB211DC3DCED441BEA7017B3EBC8FB1BE61E524BE83DD713E3676453E20F0B6BEFC6D01BEAFB25F3ED389413D4CAA623E7A14683E10861A3E1061A2BED72F093FFA1BACBED07E4DBE08BE92BE9EC441BDF0E408BEDF2C05BE41F32BBEF7707E3DD377503D321449BE70D2A0BE4CF4B23E072B8B3EE071D03E99A5DABD85B6C43CDE8E0E3E43E8E8BD4B2352BDA9E2C5BD4B80A73D167E233E2F52A0BEF55809BD7A94993EB29A90BE040CAD3E9BC55F3EBE9E9F3E3996E23A09105D3D83EB6B3DD44014BEE444923E13C1D9BD5A0E08BEA8245F3E70FD38BE95E28C3EBE3307BFCF439EBEDFD77BBE7DF68D3E35CD7E3B7DD11CBEC7ADAFBEFCC5C3BC0CB286BEF38D593E829BC9BE459ABE3D72823D3E326A313EC313C8BECB78B93E79E5F83DFCB0123E483E363E70D3D83D6C712ABDE5238A3C71F8F73EAE87A53E35E34EBCE06A5CBE0125753EB9C8733EEDC9783C6C07113DC2F1C7BEF43434BFB1CFDEBD9BDD9B3D5B72183E3320193D2EA6503C56E3C23E7901AA3E16D7EA3E569CD0BE93471DBEBFB273BE4EAE6D3EC767F4BD3E16DD3DE91603BF7177263EE15C27BEF13EAF3EDED658BE5DDCDB3EA1BE723ED0CCC13EB774123E51296E3E70031B3E860D11BD930023BF7050CEBEFB2CBBBD592DAF3CA19D8EBD26EF96BEF3C494BEEDFBFCBED6F5FDBE226FA13E62B8BC3E570982BE9C82ACBE10FABC3E33E68EBE4363AE3D2314D93DFA9400BE394E823E19DA593ED3C6DC3EE3938CBE6BC5A3BE3337F9BD532FD4BE043F93BE43D738BEDF58B03C20770D3D04B433BE2DD73E3E2773993EFC7AE63B6FC6133D8F15A5BC20628E3E7C33CC3EFE31BA3D2BFDFEBE9215B2BE"> : tensor<16x10xf32>
    %cst_1 = stream.async.constant on(#hal.device.affinity<@__device_0>) : !stream.resource<constant>{%c4608} = dense<"0x0C2F14BC40131F3C29250A3EA29A5EBE7190F5BDEAEC923E2E63E93D9ECD15BE8CA4103C504A453EAD2D90BDC14C5D3D67139DBDB436B33EDAAF30BE966557BD7B34893C057B973D240782BED396CABDC7E692BCCDADDABDA67856BD0DEB173E2519C83D1CBBA33DAD91A93DFE8CD6BDB0EA0A3E8EEACF3D6D2EE8BDE07CADBC71EA09BEC599C43C80F1DC3CA879A3BEA0F70E3E92ACD3BD1EFBE0BD2AF4403DA718DF3CD047A4BD8C8D1C3ED81AFF3C621688B99129B6BCD0AC243D3DACB1BD0EA5853DB3DBF8BDD451193EFD92543D6E1829BEFE9C7BBDA5F07C3C02D7953CE63A873DE7CAF6BDEA02DFBD167428BEA6DB093EF2383EBC9BFCB4BD7DFFECBC9E5207BE0CBB9EBCA8E9B03D83C5443EA95E383CCA9787BB9741923D12B64CBCCA09303EB83BE9BDC99AD83D6A1B383C9C73623E56ED5F3EDF59023DFC1D403E47919F3D5EC5953D343BF13CBAA607BEB86330BEE7D1CABD0F64A9BD65D414BEF690013E50C0E03D184D4F3ED00F603E382A793E0D4A193D9CBECEBC0D86633E1D3DA93DF05948BD6F642EBE34803DBDEE63303D4152373E60C631BE3FC0193D237EF5BD838E43BC1E408F3C45B1103EA8261BBE8CD5E23D83D2213E87D4A8BD161600BED649293D2D475ABDDCF28C3D757747B87C443E3EA41FD33D47F1DB3D0AC090BE46B0FD3DC769A43BA6EADF3B30B8FF3CFA43DC3D78AD3D3D17550BBE0F902F3E101B6CBCDE838F3EB317053ED6B2903D159884BDA82355BEB9AD99BD01A3A53DDACE0B3ED4A3863D6B5637BEBAF5D4BC0BF15BBDB83F16BD754AB8BD5BD3EABD8A5F0D3DAC06253E1DFF9CBC0BB9163EC793903D8F2451BEC69AFB3CBE97E2BC6C5753BDEE21093D3052EC3D474830BEFED12CBDFE0F89BD8EA0AEBD008E9BBD353B48BD289A6A3D60F5073D9C49123D8506643ED8AF173EC849563C858CF7BC6DE000BD0439AFBD7601CC3D1F75183ECB4C3CBE2C1CB4BDF599A4BE3973223C7CC605BDAAECA5BDB265FC3B99A36BBD96E32C3DD6C82E3E5066D23D873AAD3D284A3D3EED57DF3D529615BEB5E48F3B4A43E1BC8215803C053F69BD4AE0DBBD60E4F6BCA7D84CBD6F2185BD67B9CBBDDB80943D55F6DB3DF044D83C184A23BE7E73313E2D7B7A3DCA800E3EF537853D025884BD8E32033E32360FBDA189A53DE1F1063ED083033EB58C9A3E3C150CBEE41C4E3DF7FEABBD8B3848BDC26AE93D5634CBBD2D0D80BEB2401EBE4DEBF63D9211043DF17C2C3DFB8CC0BBE7371CBEDBE95E3DA670F4BD1AB216BC96C4043EBA8B10BD4CE501BEF722A63DAF64043D8B83AABCE3CE8A3D11A044BD55D21E3E4B1D93BECD68BBBD2124393D88560F3EF2DBFABDE5A0B73DDE8749BD37A27EBD6ED2D83DFE5C803D4C116ABCE5508ABD98041D3D2E1EF0BD7C3CEE3D1C92153E305613BE4FDC21BEE475F03D2383F63D2EFAB0BD3114D2BDF530F53CF188873DFC18E7BD6F876BBD84589DBD6C2448BE46359F3E53A4D73D8E37AB3D17921E3E8FAF3E3E2E4DA8BC67CDC5BDB9C987BE9D84723C24BAFABD73DA073EE362F0BDB1DE36BED87DAE3DCFAE0F3D5B04A0BC52B09DBD148F163D88C59FBCDEACBFBDF9C6583E4B74A6BD9E3EDEBD0319723EE9E416BE5A46533E9BF9053D75F740BDB98D263D34D641BEAF6B013EAE3A21BE5E542EBD6B60BB3D24B5B73D204548BBFAB197BD65CCF6BDA94674BE40FDBF3D6A30153EFF7606BDECA4B43CEDBD40BDADE4363E3029E5BD95AA453BB3CB1CBE6809D2BDC0D8C2BD17FC00BE3E6E833DCD93FFBD542A723D388822BD70FB8C3D8F854FBE656823BBA1623A3E9FD30A3C936356BEDA6A873CECD9343D0A5638BEBED0053EB6DA61BD1923843E744ABD3D51FC4A3D85AFBC3DCE472F37D3912CBE7D978C3CCEE3E93DD9A8EABDB0EA9FBD32CB9C3D6722A7BE58282D3D5A8A01BEFA21923D75555A3E9213A8BD3B12AABE96D8BA3C8A3804BD3C46EDBCB64C9E3D2161123D9ACFDC3C78B590BD8A4A9C3C3C5DB83B8A3BDDBC763B2DBECB451B3EA9CEA4BD4CB600BE2F83373DCEF62CBCBC9E3ABDF3DA223EA331833DDD3EC2BB25FDE9BC38083D3E2E1C87BE1C2B873D464D8FBE9AB6BE3CB80CF83C189392BDFE2EF6BD15CDDE3D2FB403BD81305D3E7B0839BD28D5B4BBCACB5C3D766AA93CEE08E43D77B000BECAC0423C600E3DBEF3AC84BEA20AAF3B93E2DEBD0C26D53DC2E2193CCB84ACBD7119EA3D6264443E95F9763D4DE5BBBD163AF43C55CA06BE26BE7F3DB9EBE13D9467283E5C6D76BE84EE903D500B2B3E79D9DE3CB44BB63D0506F0BAABAE88BD8CCA913AAF931B3E32AA5BBED6D8F73C0C51D33DAF23443B1D24663B88B3E4BD9B6C873DADABAA3E3A9BF7BD590A06BEDF01FA3BF3BC9A3D13F3E13DDF80723E939AD03DBC4829BE236C413D9C445D3E0CDD5D3DC2DDAA3D89E6D23DF55DD03D82DFF83D31DEA83D6F9617BE9B670ABDAF9030BCBDE31FBDF07F42BE362B5BBC1B04713DC8A822BD6D6FB73C2ED024BD7F270F3E16F0083DEFD940BD3CBA8E3DCB97A23DB65990BD31BA3DBE0CB1873DA6A12FBD6B25713E57F4E5BCB71D8F3D7AA30A3E865F6CBDDE6AE3BD4C24023EBE4200BE485DEFBD1554D93D9786E3BDAA8EBE3C6298F53D6FAA54BDF27CF8BDB4FAC73D8A97EABC25B42E3B435197BDF90AA53DDBE39ABD5554A0BB83B449BE45B55A3D64D43B3EAC79C7BD5469153C49F71C3C0B95043EC296E93C92D2CB3D8AA077BD81F9B43B06DB29BE4CC0C33D5B382A3E8783ACBD3485083E33822C3E0DE72B3D22C5A13C261620BDD3E9293E925BDD3DB33C99BDC8A15ABE596F423E88C0AE3BB1A248BEAEACCEBCB89D3DBDE418F9BD2018B43DE44A013EE6080DBE9B59DEBDDC128CBD0ADCF6BCA346BABE62C9143D656265BEA22A91BD93D4913D9F00073EBB8FDEBD96CE94BD5B6E8D3ED041173D5FE4D43CE6701DBC28442DBD58BA3B3E508F77BB7DEBD93DDDEE25BCF43AFCBC557A353C51CF03BD6284FFBD48D817BCCB1C253ED51D21BD4C2CD2BDC706633D58F72DBD2F76863D9925A03D53CBE7BDB81F233E642D56BE6BAB0EBEF3FAEF3C3F9049BE1993E2BD22EFFEBCD50B4F3EEE8E353E297737BDDED5C93D11A349BDDBBCE83DEBAEA93DB2642BBEA7D4E5BD760CF2BDDF76A23D5ECF3EBE188540BDACFFFABD6E1EB7BDFA46C9BD4C2BAEBDEB5EB83DB5C1473CFACC6BBE926D8BBD472DEE3D259101BE5FD459BDBAEDDE3C5D4D2ABE0B6A093ED4D556BE611BE4BC9A610B3E4288373D3E9FC53DE88E9C3C28B7EEBDAD42893D18F6103D408FB2BD8FA2E63CDDFD22BEF8510D3B73F6673DD8281EBEA226B73D1F00173D3C1C52BDD11461BEEF71EFBCD9ED473BF64044BE43C62CBE48E13DBE852ABD3D3755FA3D9356C33E20CDD5BCA5DE303E4A01973EFE0F6CBD2C3B913D4ACBFEBD17EC11BC96BD023E07EF1ABD53625ABC7F6B9A3D57745EBD4BD504BECA44F73D6A8626BDFFC32C3D9051093E3734083ED57F6F3D8DDFC73D1BB3A63C3306B33D35D55DBE772D53BD9779C93C8248CCBD24D2463CD3228C3DC8CDB83D493F8A3D5DDBFD3B16A007BD86F310BDF2F7DEBDD8F00ABEC7808F3D75B55D3E0D5342BC532C153D2CA71D3D74721BBE9FD889BDDBB9CBBD9667FABC902A5EBE9BC1E6BCA46816BC95381CBD8000DA3DF4F3F0BDFAD20BBDC6FD12BE569B24BE8AF747BDAD03363DAC2791BDC4AF413D642BCDBDD28EC53D8B6BDBBD420A00BE2769CCBDE0AEF0BDAFBBF5BD71DD69BD300299BD767E543DB560053E597A26BE9159C23E3C2C0A3E81D3C4BD4767B8BD1D9D2E3DA67D363D45CE993D7D94753C2FFA53BE1883D83C8EFB5B3E1A110F3EE17552BD369C41BE94F500BEA205CCBD63CF4A3D93051ABEE2CD38BD43C3533C27E1D5BD5C6709BE2F16123D6CAF19BE2CD9A1BC9C859EBC94B534BC1AFAF8BDAE8A89BDEA23A3BDB0BF40BE21308BBDC156983D2A92463E794E953D6B24F03C7DDC32BEFB6E8D3D2BD37EBDD4B5C13DEC8E213EFE2CBC3DAB3938BDD31CF23DA5818ABCD4022FBEF3082DBEC97B0BBD6E6FA03E6969EBBD422F933DF88CA63CA9C9CFBC751E09BE0D737D3DAC64DB39DB69063E4496C53DC68893BDDA500F3C25350E3EC765483C858D01BEF286E23D740E883D41899FBD6865B83E0016823D1466CE3D0D277EBCEF6C94BC5DF5313EE2F3C13CA58D1EBE27B4B53DAAD855BDF46256BC648EF7BDED947FBEB765CE3D4BCF9DBD6A902F3E0B2F463E010DA2BD9F87BEBC6DEB053D0CDF2F3E8E0C043E92A97F3C1C48C73DC5292A3E03E1B53D2B7F34BD10E18DBE69002D3EAC7B04BEB501D93D8A36A73DCD440D3E1FF6573D67491D3E37A0DEBC15F198BCC79A063E6CF050BE902DADBCC967A9BB1F3B323E88D022BD692CA33E793722BE167DCFBD0EE62A3D53FB77BDF7D208BD2299763CB781593E34E4D7BC4075FDBDCAD393BD2BE4B63D47A6E13D0ABE3ABD14CEBFBD5ED13C3DA9CA5BBDA029BA3D8290563D1CE81FBEDD12693C39B52DBE735779BEF49ABFBDDACA0B3E197AE6BD62BFF63DEA62F2BDEB8C48BDE8AED13DF0E0DD3DE6C3843D95BA14BD7A1907BE66ECD23D12064B3CF3A3C43D43FAABBC460031BEEC2E8CBD8F9198BD056C3EBEDED90E3EF67B3B3E8B7A123CFDD9E2BC6B14CF3BE8362CBE94A4ECBD28FF543E416F3ABD109910BE2EC510BD816E1ABE54D784BE962C84BED4FABCBDE1636EBD97578E3C1E94903D5C1432BEE7D8BABDE0F40D3D91CF373E43CA1ABEA9E539BEBC14013E8FDA68BEF777CA3DE67398BE6507D0BD6E80ADBE612A9D3CDC56223E6620963BFF5B09BD10177BBD3857983CBFB901BA68F7B53C1C50DF3D99934A3EEF460B3B5CEA92BC837320BE9396AF3D3F15123D4CEBCEBD1FFB9E3C421DEE3C2CFCE1BD32064EBDDDAEA83C2E61943E789EE5BDCAE12F3E607E003E3F646ABDE509E53C8BBEAFBE5F8935BEF5DBBBBCFC6413BD59C9583ED8F8363EBD19F9BCFEBD3BBCD2477ABEBACBD83C4AD781BD98CDE3BD2F2A05BD116CD1BDD6E1ACBD34C9F13C45634B3D2C4C32BE00CD903EC5D0A8397D3B973D8817923DFA7DAABDAA1054BEFE9EBB3CE9E0BE3DC688E3BD64B231BE1721963A65109BBCE132BABD7F173FBE338E0A3D1B0786BE630F4A3EC99C43BDDE62B7BDFD0ADE3D52BF6CBDA45C3D3EC67B413EE0C427BD2E3C3D3C16CC6A3C23DD8B3DE68B40BEC5993E3DAA124A3E955A893D34E483BD366418BE2DC3713B0588F83D96FD55BD43BF7A3D73C247BD63640D3EF262363DD3C5813D5B716A3D91E49FBD1B00F73BB6EA833DBE0A8CBCC72BB43D55855C3D658AF4BC5143C0BCA4CE85BDE319ACBDE6460CBEA60503BE1B135E3D1B484FBD59BE513C254A103BCA443DBDEF178E3D495D12BE387D843C6E9BC3BD9609B1BCEB9791BA9B22ECBD3D991E3DB6EEE2BDDAF2353E11D5733D62F44C3D3F18F63D7EBD14BDE6A592BD69BF0ABE3E5BBF3D2377CF3D0BCA77BD0F4920BD5AAA583ECA85F03CFFBC36BE7E93EBBDD332B83CA290DE3D0E254D3D27C99ABDC56B0A3D808310BD9FA3FCBDBFD83DBD4C709EBD7520E93DDC417BBC814595BD7FEE6EBD28DDA6BDEB02373EE40EB0BDEB2C73BC4E3FD23B3058323DE672023E140150BEF90707BE2CDB163DA4164DBEFE44983BDFF1A3BCE28A2C3DAACBBFBD3AB5233ECF97A7BD31689C3E9A8840BE69DA6C3DF58F743CD9BFBEBD9540FE3D152700BEA816013A001810BEFF7831BD683C78BD1A210EBDA86BAD3D3D869EBD3565A23D396228BEBBE7B1BD0B5639BCF4C38E3CCF8DDEBDB64897BD6D93F93D2E660B3DD8270A3E7E63253E224C623D254207BEECF92B3D1746643EB047B53D978C2DBDEF2A9FBD1C7A36BDD2C3533DC32A06BEAEEB683DA0AE8F3E256332BD4467AB3DB5CC47BDA4F016BED538D0BD5AA069BE20F7263EA534F03D7116C3BBFE36BABDD47A70BD8561C53D91E931BEF7ED50BC9B1B4A3E61797EBCECF1933DF2FA8F3E4B4FBE3D5A67863EBF5A3BBEEF53D63DDD54943D9C6E67BEAFF84C3ED4A50DBD7B557ABCEFB1F5BD5A3546BEF823A5BEA405BBBCC0B99FBEF98F023DD2C383BECFA5913D117897BE1FD3BABD7A8D403DD381D6BDC90867BD02E2D73C86F1AF3D65FCE7BD076D2FBB379CF0BC15C6DE3C0D022A3D2924E93D36A7A93DD6B2DABDF17280BEB7BCFA3D2DCB423EFF83983ECC88713DE79394BDC0F6833D66F699BDCD19AB3EBE62AFBD2456DE3BA54FECBC590243BD1B22C3BDFFC5AA3D352DF03DEDDE66BE6F6B43BEE03891BC07DBFDBD4FEAF7BC93862B3EDAA51DBDEE77C2BD9A498A3D46C0C83C20D06FBB1939333E3F6C44BEFCDC40BDB85698BED2A7763E964D3A3D1FDA2B3DA5268F3D2ECF4CBDA88CA13D42B6CB3EE0B13CBE9B8CE83A1CDD193CE50DC6BD2C65FC3DACE9113EF5DD103E6B36BDBCACE7E639C93BB83D93E742BE24ADA03DC49F1EBDD15CEABC"> : tensor<3x3x8x16xf32>
    util.global.store %cst_0, @__constant_tensor_16x10xf32 : !stream.resource<constant>
    util.global.store %cst_1, @__constant_tensor_3x3x8x16xf32 : !stream.resource<constant>
    util.global.store %cst, @__constant_tensor_3x3x8xf32 : !stream.resource<constant>
    util.return
  }
  stream.executable private @main_dispatch_0 {
    stream.executable.export public @main_dispatch_0_slow_memcpy workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_0_slow_memcpy(%arg0: !stream.binding, %arg1: !stream.binding) {
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16x16xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x18x18xf32>>
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0, 0], sizes = [2, 16, 16], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16x16xf32>> -> tensor<2x16x16xf32>
        iree_tensor_ext.dispatch.tensor.store %2, %1, offsets = [0, 1, 1], sizes = [2, 16, 16], strides = [1, 1, 1] : tensor<2x16x16xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x18x18xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_1 {
    stream.executable.export public @main_dispatch_1_conv_2x16x16x8x3x3_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_1_conv_2x16x16x8x3x3_f32(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %cst = arith.constant dense<[0.00464775926, -0.0310625546, 0.0870460421, 0.0918628424, 0.0984701663, 0.0679619834, 0.0947249085, 0.0883852615]> : tensor<8xf32>
        %cst_0 = arith.constant 0.000000e+00 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x18x18xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<3x3x8xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x16x16x8xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0, 0], sizes = [2, 18, 18], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x18x18xf32>> -> tensor<2x18x18xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0, 0, 0], sizes = [3, 3, 8], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<3x3x8xf32>> -> tensor<3x3x8xf32>
        %5 = tensor.empty() : tensor<2x16x16x8xf32>
        %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<2x16x16x8xf32>) -> tensor<2x16x16x8xf32>
        %7 = linalg.generic {indexing_maps = [#map, #map1, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%3, %4 : tensor<2x18x18xf32>, tensor<3x3x8xf32>) outs(%6 : tensor<2x16x16x8xf32>) {
        ^bb0(%in: f32, %in_1: f32, %out: f32):
          %9 = arith.mulf %in, %in_1 : f32
          %10 = arith.addf %out, %9 : f32
          linalg.yield %10 : f32
        } -> tensor<2x16x16x8xf32>
        %8 = linalg.generic {indexing_maps = [#map3, #map4, #map3], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%7, %cst : tensor<2x16x16x8xf32>, tensor<8xf32>) outs(%5 : tensor<2x16x16x8xf32>) {
        ^bb0(%in: f32, %in_1: f32, %out: f32):
          %9 = arith.addf %in, %in_1 : f32
          %10 = arith.maximumf %9, %cst_0 : f32
          linalg.yield %10 : f32
        } -> tensor<2x16x16x8xf32>
        iree_tensor_ext.dispatch.tensor.store %8, %2, offsets = [0, 0, 0, 0], sizes = [2, 16, 16, 8], strides = [1, 1, 1, 1] : tensor<2x16x16x8xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x16x16x8xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_2 {
    stream.executable.export public @main_dispatch_2_conv_2x8x8x8x2x2_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_2_conv_2x8x8x8x2x2_f32(%arg0: !stream.binding, %arg1: !stream.binding) {
        %cst = arith.constant 0xFF800000 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16x16x8xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x10x10x8xf32>>
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0, 0, 0], sizes = [2, 16, 16, 8], strides = [1, 1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16x16x8xf32>> -> tensor<2x16x16x8xf32>
        %3 = tensor.empty() : tensor<2x8x8x8xf32>
        %4 = tensor.empty() : tensor<2x2xf32>
        %5 = linalg.fill ins(%cst : f32) outs(%3 : tensor<2x8x8x8xf32>) -> tensor<2x8x8x8xf32>
        %6 = linalg.generic {indexing_maps = [#map5, #map6, #map2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%2, %4 : tensor<2x16x16x8xf32>, tensor<2x2xf32>) outs(%5 : tensor<2x8x8x8xf32>) attrs =  {linalg.memoized_indexing_maps = [#map5, #map6, #map2]} {
        ^bb0(%in: f32, %in_0: f32, %out: f32):
          %7 = arith.maximumf %out, %in : f32
          linalg.yield %7 : f32
        } -> tensor<2x8x8x8xf32>
        iree_tensor_ext.dispatch.tensor.store %6, %1, offsets = [0, 1, 1, 0], sizes = [2, 8, 8, 8], strides = [1, 1, 1, 1] : tensor<2x8x8x8xf32> -> !iree_tensor_ext.dispatch.tensor<readwrite:tensor<2x10x10x8xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_3 {
    stream.executable.export public @main_dispatch_3_conv_2x8x8x16x3x3x8_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_3_conv_2x8x8x16x3x3x8_f32(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %cst = arith.constant 0.000000e+00 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x10x10x8xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<3x3x8x16xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x8x8x16xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0, 0, 0], sizes = [2, 10, 10, 8], strides = [1, 1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x10x10x8xf32>> -> tensor<2x10x10x8xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0, 0, 0, 0], sizes = [3, 3, 8, 16], strides = [1, 1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<3x3x8x16xf32>> -> tensor<3x3x8x16xf32>
        %5 = tensor.empty() : tensor<2x8x8x16xf32>
        %6 = linalg.fill ins(%cst : f32) outs(%5 : tensor<2x8x8x16xf32>) -> tensor<2x8x8x16xf32>
        %7 = linalg.generic {indexing_maps = [#map7, #map8, #map9], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%3, %4 : tensor<2x10x10x8xf32>, tensor<3x3x8x16xf32>) outs(%6 : tensor<2x8x8x16xf32>) attrs =  {linalg.memoized_indexing_maps = [#map7, #map8, #map9]} {
        ^bb0(%in: f32, %in_0: f32, %out: f32):
          %8 = arith.mulf %in, %in_0 : f32
          %9 = arith.addf %out, %8 : f32
          linalg.yield %9 : f32
        } -> tensor<2x8x8x16xf32>
        iree_tensor_ext.dispatch.tensor.store %7, %2, offsets = [0, 0, 0, 0], sizes = [2, 8, 8, 16], strides = [1, 1, 1, 1] : tensor<2x8x8x16xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x8x8x16xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_4 {
    stream.executable.export public @main_dispatch_4_reduction_2x16x64_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_4_reduction_2x16x64_f32(%arg0: !stream.binding, %arg1: !stream.binding) {
        %cst = arith.constant 6.400000e+01 : f32
        %cst_0 = arith.constant 0.000000e+00 : f32
        %cst_1 = arith.constant dense<[0.0822411179, -0.172288775, -0.00822501723, 0.00762808695, -0.0427317172, -0.0409489162, -0.0278535709, 0.194559366, 0.0157227423, 0.141213581, 0.0421376675, 0.189033583, 0.132420197, -0.0183564257, -0.0785384774, -0.137020946]> : tensor<16xf32>
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x64x16xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x16xf32>>
        %2 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0, 0], sizes = [2, 64, 16], strides = [1, 1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x64x16xf32>> -> tensor<2x64x16xf32>
        %3 = tensor.empty() : tensor<2x16xf32>
        %4 = linalg.fill ins(%cst_0 : f32) outs(%3 : tensor<2x16xf32>) -> tensor<2x16xf32>
        %5 = linalg.generic {indexing_maps = [#map10, #map11, #map12], iterator_types = ["parallel", "parallel", "reduction"]} ins(%2, %cst_1 : tensor<2x64x16xf32>, tensor<16xf32>) outs(%4 : tensor<2x16xf32>) {
        ^bb0(%in: f32, %in_2: f32, %out: f32):
          %7 = arith.addf %in, %in_2 : f32
          %8 = arith.maximumf %7, %cst_0 : f32
          %9 = arith.addf %out, %8 : f32
          linalg.yield %9 : f32
        } -> tensor<2x16xf32>
        %6 = linalg.generic {indexing_maps = [#map13, #map13], iterator_types = ["parallel", "parallel"]} ins(%5 : tensor<2x16xf32>) outs(%3 : tensor<2x16xf32>) {
        ^bb0(%in: f32, %out: f32):
          %7 = arith.divf %in, %cst : f32
          linalg.yield %7 : f32
        } -> tensor<2x16xf32>
        iree_tensor_ext.dispatch.tensor.store %6, %1, offsets = [0, 0], sizes = [2, 16], strides = [1, 1] : tensor<2x16xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x16xf32>>
        return
      }
    }
  }
  stream.executable private @main_dispatch_5 {
    stream.executable.export public @main_dispatch_5_matmul_2x10x16_f32 workgroups() -> (index, index, index) {
      %x, %y, %z = iree_tensor_ext.dispatch.workgroup_count_from_slice()
      stream.return %x, %y, %z : index, index, index
    }
    builtin.module {
      func.func @main_dispatch_5_matmul_2x10x16_f32(%arg0: !stream.binding, %arg1: !stream.binding, %arg2: !stream.binding) {
        %cst = arith.constant dense<[0.052135177, -0.0749749392, -0.00523091946, -0.0145805236, 0.0850881114, 0.0165679827, -0.0340267755, -0.216214731, -0.104940906, 0.0692197084]> : tensor<10xf32>
        %cst_0 = arith.constant 0.000000e+00 : f32
        %c0 = arith.constant 0 : index
        %0 = stream.binding.subspan %arg0[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16xf32>>
        %1 = stream.binding.subspan %arg1[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<readonly:tensor<16x10xf32>>
        %2 = stream.binding.subspan %arg2[%c0] : !stream.binding -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x10xf32>>
        %3 = iree_tensor_ext.dispatch.tensor.load %0, offsets = [0, 0], sizes = [2, 16], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<2x16xf32>> -> tensor<2x16xf32>
        %4 = iree_tensor_ext.dispatch.tensor.load %1, offsets = [0, 0], sizes = [16, 10], strides = [1, 1] : !iree_tensor_ext.dispatch.tensor<readonly:tensor<16x10xf32>> -> tensor<16x10xf32>
        %5 = tensor.empty() : tensor<2x10xf32>
        %6 = linalg.fill ins(%cst_0 : f32) outs(%5 : tensor<2x10xf32>) -> tensor<2x10xf32>
        %7 = linalg.matmul ins(%3, %4 : tensor<2x16xf32>, tensor<16x10xf32>) outs(%6 : tensor<2x10xf32>) -> tensor<2x10xf32>
        %8 = linalg.generic {indexing_maps = [#map13, #map14, #map13], iterator_types = ["parallel", "parallel"]} ins(%7, %cst : tensor<2x10xf32>, tensor<10xf32>) outs(%5 : tensor<2x10xf32>) {
        ^bb0(%in: f32, %in_1: f32, %out: f32):
          %9 = arith.addf %in, %in_1 : f32
          linalg.yield %9 : f32
        } -> tensor<2x10xf32>
        iree_tensor_ext.dispatch.tensor.store %8, %2, offsets = [0, 0], sizes = [2, 10], strides = [1, 1] : tensor<2x10xf32> -> !iree_tensor_ext.dispatch.tensor<writeonly:tensor<2x10xf32>>
        return
      }
    }
  }
  util.func public @main(%arg0: !hal.buffer_view) -> !hal.buffer_view attributes {iree.abi.stub, iree.reflection = {iree.abi.declaration = "sync func @main(%input0: tensor<2x16x16x1xf32>) -> (%output0: tensor<2x10xf32>)"}} {
    %c80 = arith.constant 80 : index
    %c128 = arith.constant 128 : index
    %c8192 = arith.constant 8192 : index
    %c6400 = arith.constant 6400 : index
    %c16384 = arith.constant 16384 : index
    %c0 = arith.constant 0 : index
    %c2592 = arith.constant 2592 : index
    %c2048 = arith.constant 2048 : index
    %c0_i8 = arith.constant 0 : i8
    %c1 = arith.constant 1 : index
    %c16 = arith.constant 16 : index
    %c2 = arith.constant 2 : index
    %c288 = arith.constant 288 : index
    %c640 = arith.constant 640 : index
    %c4608 = arith.constant 4608 : index
    %__constant_tensor_3x3x8xf32 = util.global.load immutable @__constant_tensor_3x3x8xf32 : !stream.resource<constant>
    %__constant_tensor_16x10xf32 = util.global.load immutable @__constant_tensor_16x10xf32 : !stream.resource<constant>
    %__constant_tensor_3x3x8x16xf32 = util.global.load immutable @__constant_tensor_3x3x8x16xf32 : !stream.resource<constant>
    %element_type_f32 = hal.element_type<f32> : i32
    %dense_row_major = hal.encoding_type<dense_row_major> : i32
    hal.buffer_view.assert<%arg0 : !hal.buffer_view> message("input0") shape([%c2, %c16, %c16, %c1]) type(%element_type_f32) encoding(%dense_row_major)
    %0 = stream.tensor.import on(#hal.device.affinity<@__device_0>) %arg0 : !hal.buffer_view -> tensor<2x16x16x1xf32> in !stream.resource<external>{%c2048}
    %1 = stream.async.splat on(#hal.device.affinity<@__device_0>) %c0_i8 : i8 -> !stream.resource<transient>{%c2592}
    %2 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_0::@main_dispatch_0_slow_memcpy(%0[%c0 to %c2048 for %c2048], %1[%c0 to %c2592 for %c2592]) : (!stream.resource<external>{%c2048}, !stream.resource<transient>{%c2592}) -> %1{%c2592}
    %3 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_1::@main_dispatch_1_conv_2x16x16x8x3x3_f32(%2[%c0 to %c2592 for %c2592], %__constant_tensor_3x3x8xf32[%c0 to %c288 for %c288]) : (!stream.resource<transient>{%c2592}, !stream.resource<constant>{%c288}) -> !stream.resource<transient>{%c16384}
    %4 = stream.async.splat on(#hal.device.affinity<@__device_0>) %c0_i8 : i8 -> !stream.resource<transient>{%c6400}
    %5 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_2::@main_dispatch_2_conv_2x8x8x8x2x2_f32(%3[%c0 to %c16384 for %c16384], %4[%c0 to %c6400 for %c6400]) : (!stream.resource<transient>{%c16384}, !stream.resource<transient>{%c6400}) -> %4{%c6400}
    %6 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_3::@main_dispatch_3_conv_2x8x8x16x3x3x8_f32(%5[%c0 to %c6400 for %c6400], %__constant_tensor_3x3x8x16xf32[%c0 to %c4608 for %c4608]) : (!stream.resource<transient>{%c6400}, !stream.resource<constant>{%c4608}) -> !stream.resource<transient>{%c8192}
    %7 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_4::@main_dispatch_4_reduction_2x16x64_f32(%6[%c0 to %c8192 for %c8192]) : (!stream.resource<transient>{%c8192}) -> !stream.resource<transient>{%c128}
    %8 = stream.async.dispatch on(#hal.device.affinity<@__device_0>) @main_dispatch_5::@main_dispatch_5_matmul_2x10x16_f32(%7[%c0 to %c128 for %c128], %__constant_tensor_16x10xf32[%c0 to %c640 for %c640]) : (!stream.resource<transient>{%c128}, !stream.resource<constant>{%c640}) -> !stream.resource<external>{%c80}
    %9 = stream.tensor.export on(#hal.device.affinity<@__device_0>) %8 : tensor<2x10xf32> in !stream.resource<external>{%c80} -> !hal.buffer_view
    util.return %9 : !hal.buffer_view
  }
}
