"""A language server: diagnostics, completion, hover, definitions and renaming while a deck is written."""
