"""Documents signed and sealed digitally, and the check of what was signed."""
