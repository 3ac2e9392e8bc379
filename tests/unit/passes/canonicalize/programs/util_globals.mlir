// initializers that do nothing, globals that are addressed, stores of what was loaded
util.global private mutable @g : index
util.initializer {
  util.return
}
util.func public @f(%a: index) -> index {
  %p = util.global.address @g : !util.ptr<index>
  %0 = util.global.load.indirect %p : !util.ptr<index> -> index
  util.global.store.indirect %a, %p : index -> !util.ptr<index>
  %1 = util.global.load @g : index
  util.global.store %1, @g : index
  util.return %0 : index
}
