"""Decks on disk: found, read, checked, and edited without touching what their authors wrote."""
