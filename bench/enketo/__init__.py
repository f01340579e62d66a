"""Our checklist page beside that of Enketo, the engine of the web forms of KoboToolbox and ODK, on the same forms."""
