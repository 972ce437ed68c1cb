"""The command line: thin commands over the workspace, one file per group."""
