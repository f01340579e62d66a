"""What the field app gets from the server: its own files, checklists as pages, facts about visits."""
