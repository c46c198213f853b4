"""Checks from outside: question suites, measures and reports. Nothing of the system imports it but the commands."""
