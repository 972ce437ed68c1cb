"""Coming in and going out: one neutral form in the middle, one module for each format. `FORMATS` is the one list."""
