"""Rules of `arith.*`."""
