"""The insertion plan that is always there first, compiled by Numba."""
