"""The synthesis of a province or the nation over a period."""
