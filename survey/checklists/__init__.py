"""Checklists on their way to delegations: drafts, publishing, preview, moving visits to another version."""
