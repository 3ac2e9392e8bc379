"""What is seen of a run: a timeline, its progress, hazards, the first NaN, which tensors its bytes are."""
