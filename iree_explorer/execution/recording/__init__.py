"""What a run writes down: which op ran when, which bytes it touched; and pictures of that."""
