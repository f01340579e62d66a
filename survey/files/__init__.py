"""The files of evidence: what they are, told from their bytes, and taking them in."""
