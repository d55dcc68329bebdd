"""Builders of the committed files in geo/data: run by hand, never by the application."""
