"""Days of dispatching from scenario files: the simulated world, its runs and their reports."""
