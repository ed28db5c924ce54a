"""Stock and capacity: who holds how many units of what, and in which state."""
