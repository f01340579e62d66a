"""The pages: one blueprint a file; a view finds, parses, acts and answers."""
