"""Units: the page of one, and new lists of them with what became of each."""
