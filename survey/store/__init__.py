"""All SQL of the application: one module a subject, one statement a function."""
