"""The expression language of checklists: read, bound to a form, run in Python, written in JavaScript."""
