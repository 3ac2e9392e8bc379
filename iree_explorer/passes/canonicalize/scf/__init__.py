"""Rules of `scf.*`."""
