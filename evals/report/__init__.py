"""A report on disk: JSON for programs, JUnit for build servers, one HTML file for people that needs nothing outside."""

from evals.report.files import read_report, write_report

__all__ = ["read_report", "write_report"]
