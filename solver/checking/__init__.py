"""How the checker judges (`solver.check`), one concept a file. Only the model, plans and errors are used here."""
