module {
  util.global private mutable @g : index
  util.func public @f(%arg0: index) -> index {
    %g = util.global.load @g : index
    util.global.store %arg0, @g : index
    util.return %g : index
  }
}

