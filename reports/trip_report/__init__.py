"""The report of a trip: all visits of a delegation."""
