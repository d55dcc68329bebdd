"""What each page is made of: one folder per page, what several pages use in `shared`."""
