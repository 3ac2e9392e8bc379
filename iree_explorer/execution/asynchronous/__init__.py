"""The schedule as it runs: regions on queues, started by timepoints, their ops on a pool of workers."""
