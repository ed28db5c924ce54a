"""The rules of a plan as OR-Tools states them, one a file."""
