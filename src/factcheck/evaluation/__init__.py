"""Measures the rules against labelled articles and against published data sets."""
