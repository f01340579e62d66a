"""How answers become results: cells, their order, and the live state of one visit."""
