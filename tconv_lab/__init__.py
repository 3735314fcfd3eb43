"""The command `tconv-lab`: opens the Transposed Convolution Lab in a browser."""
