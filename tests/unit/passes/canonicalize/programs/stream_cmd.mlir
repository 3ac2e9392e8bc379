// commands use whole resources
stream.executable private @e {
  stream.executable.export public @d
}
util.func public @f(%r: !stream.resource<transient>, %n: index, %m: index, %o: index) -> !stream.timepoint {
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %c0_i32 = arith.constant 0 : i32
  %0 = stream.cmd.execute with(%r as %x: !stream.resource<transient>{%n}) {
    %1 = stream.resource.subview %x[%o] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
    stream.cmd.copy %1[%c0], %1[%c8], %c8 : !stream.resource<transient>{%m} -> !stream.resource<transient>{%m}
    stream.cmd.invalidate %1[%c8 for %c8] : !stream.resource<transient>{%m}
    stream.cmd.discard %1[%c8 for %c8] : !stream.resource<transient>{%m}
    stream.cmd.dispatch @e::@d(%c0_i32 : i32) {
      ro %1[%c8 for %c8] : !stream.resource<transient>{%m},
      wo %x[%c0 for %c8] : !stream.resource<transient>{%n}
    }
  } => !stream.timepoint
  util.return %0 : !stream.timepoint
}
