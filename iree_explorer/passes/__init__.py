"""The only code that changes IR: the two scheduling passes, the clean-up, and the pipeline that runs them."""
