"""Rules of `tensor.*`, by what they are about: `shapes`, `elements`, `slices`, `joins`."""
