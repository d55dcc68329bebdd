"""Maps as Vega-Lite specifications, and the zoomable explorer."""
