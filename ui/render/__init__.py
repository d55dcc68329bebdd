"""One renderer per medium for what a page is made of."""
