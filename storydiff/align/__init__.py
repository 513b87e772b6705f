"""Aligning versions: what says the same as what."""
