// parts of parameters
util.func public @f(%scope: !util.buffer, %key: !util.buffer, %n: index, %t: !stream.timepoint) -> (!stream.resource<constant>, !stream.timepoint) {
  %c0_i64 = arith.constant 0 : i64
  %c8 = arith.constant 8 : index
  %0, %u = stream.cmd.parameter.load await(%t) => {
    %scope::%key[%c0_i64] : !stream.resource<constant>{%n}
  } => !stream.timepoint
  %1 = stream.timepoint.await %u => %0 : !stream.resource<constant>{%n}
  %2 = stream.resource.subview %1[%c8] : !stream.resource<constant>{%n} -> !stream.resource<constant>{%c8}
  util.return %2, %u : !stream.resource<constant>, !stream.timepoint
}

// -----
// writes of parts wait themselves
util.func public @f(%r: !stream.resource<transient>, %n: index, %scope: !util.buffer, %key: !util.buffer, %m: index, %t: !stream.timepoint) -> (!stream.resource<transient>, !stream.timepoint) {
  %c0_i64 = arith.constant 0 : i64
  %c0 = arith.constant 0 : index
  %c8 = arith.constant 8 : index
  %0 = stream.resource.subview %r[%c8] : !stream.resource<transient>{%n} -> !stream.resource<transient>{%m}
  %1, %u = stream.async.parameter.write await(%t) %0[%c0 to %m for %m] -> %scope::%key[%c0_i64] : !stream.resource<transient>{%m} => !stream.timepoint
  util.return %1, %u : !stream.resource<transient>, !stream.timepoint
}
