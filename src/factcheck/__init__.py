"""Reads promotional text and marks overstated claims."""
