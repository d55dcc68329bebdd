"""The map of a source: somebody else's tables, columns, codes and dates as the exchange format."""
