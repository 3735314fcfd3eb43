"""What the player draws: grids of numbers, and steps that read and write windows of them."""
