"""Rules of `hal.*`, by what they are about: `tensors`, `fences`, `commands`, `executables`."""
