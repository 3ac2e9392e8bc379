"""What is seen of a run while it goes on: its progress, the first NaN, which tensors its bytes are."""
