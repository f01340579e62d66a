"""The texts of the interface in languages other than Vietnamese: one catalogue each, kept complete by a module."""
