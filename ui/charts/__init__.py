"""Charts as Vega-Lite specifications: pure, frame in, specification out."""
