"""Courier planning: a `Problem` goes in, a `Plan` comes out, and a checker that shares no code judges it."""
