"""Rules of `util.*`."""
