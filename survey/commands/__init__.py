"""The commands behind `satcanh`, one file per kind of work."""
