"""One description of a layer: each axis as a full output and a crop, in every framework's words."""
