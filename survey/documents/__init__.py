"""Documents: what they are made of, who may have them, how they are made, signed and given out."""
