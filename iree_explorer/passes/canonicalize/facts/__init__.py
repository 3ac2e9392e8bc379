"""What rules ask about IR: constants, numbers of fixed width, effects, where control goes."""
