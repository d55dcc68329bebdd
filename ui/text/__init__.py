"""Figures in words: narrative, provenance, messages, area names."""
