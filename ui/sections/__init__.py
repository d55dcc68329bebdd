"""What each page is made of, one module per page."""
