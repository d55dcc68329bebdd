"""Answers worked out before somebody asks: the queue and its worker."""
