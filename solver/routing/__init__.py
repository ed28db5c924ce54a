"""The OR-Tools engine: build the model, run it in a child process, read the answer back."""
