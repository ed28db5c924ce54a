"""Where things are, who is within reach of whom, and how long the way takes."""
