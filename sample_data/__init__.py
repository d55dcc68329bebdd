"""Synthetic data in the exchange format, at any scale, the same bytes for the same seed."""
