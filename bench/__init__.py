"""Benchmarks and side-by-side comparisons; not run as tests."""
