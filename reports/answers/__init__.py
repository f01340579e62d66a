"""The answers to a checklist taken out of the product, as tables and as files for other programs."""
