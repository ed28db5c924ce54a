"""A better plan by ruin and recreate, compiled: strings of stops are taken out and put back, again and again."""
