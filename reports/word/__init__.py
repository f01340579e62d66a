"""Documents as Word files: what every document shares, and the report of a visit."""
