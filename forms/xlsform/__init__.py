"""Workbooks as authors write them: read into a `Checklist` with every fault named, and written as Excel."""
