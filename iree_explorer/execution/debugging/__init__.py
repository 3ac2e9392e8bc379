"""A call op by op: where it stops, what is seen there, how it goes on."""
