"""The simulated world: couriers that drive, stores that pick, customers who are at home or not."""
