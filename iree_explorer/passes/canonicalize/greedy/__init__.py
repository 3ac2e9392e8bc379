"""The greedy driver: which op is looked at when, what a rule may do, and the structural clean-up of regions."""
