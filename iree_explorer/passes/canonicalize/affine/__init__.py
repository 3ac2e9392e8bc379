"""Rules of `affine.*` ops, and what they need to know of affine expressions."""
