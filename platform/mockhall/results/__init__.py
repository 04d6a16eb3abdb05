"""Marking, score breakdown, review, score reports."""
