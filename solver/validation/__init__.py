"""What a problem must not contradict (`solver.validate`), one concept a file."""
