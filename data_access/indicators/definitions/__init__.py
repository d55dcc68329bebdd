"""What each indicator counts, one module per area of work."""
