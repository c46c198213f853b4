"""Measures: pure functions of a case and what a system gave for it, each with its source."""
