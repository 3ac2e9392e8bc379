"""Rules of `linalg.*`, and of other ops on tensors that go with them."""
