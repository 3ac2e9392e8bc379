"""Rules of `memref.*`."""
