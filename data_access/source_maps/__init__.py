"""Help with writing a source map: a first draft from a live schema, and a check of what it says."""
