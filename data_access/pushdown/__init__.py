"""Roll-ups counted inside the source's own engine, so that only counts are fetched."""
