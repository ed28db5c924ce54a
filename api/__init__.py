"""The ways in: the command line, and the one place where concrete objects are built."""
