"""Mockhall: timed mock tests in a browser, on one's own server."""

__version__ = "0.1.0"
