"""Seminar mode: decks of slides made from blocks of pages, for a wall, for files and for a room."""
