"""Weekly sheets by mail: each coordinator gets the rows of their own areas and nobody else's."""
