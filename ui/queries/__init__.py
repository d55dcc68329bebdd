"""Cached queries to the data door."""
