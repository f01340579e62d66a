"""The texts of the interface in languages other than Vietnamese: one catalogue each, and the module that keeps them complete."""
