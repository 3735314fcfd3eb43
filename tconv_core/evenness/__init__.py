"""How evenly stamps cover the output, and whether a constant stays constant."""
