"""Scenario files made from published data sets."""
