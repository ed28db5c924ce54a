"""What happens to an order, from intake to the doorstep."""
