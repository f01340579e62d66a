"""The export of answers: who may take out what, how visits are read, and the files they become."""
