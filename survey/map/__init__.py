"""The map of capacity: what it is asked for, its layers, its rows and files."""
