"""One way to a plotly figure, and the figures that pages share."""
