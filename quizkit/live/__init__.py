"""The live drill: a small web server for a room, its pages, and the wire between them."""
