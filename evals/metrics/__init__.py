"""Measures: pure functions of a case and what the system said, each with its source."""
