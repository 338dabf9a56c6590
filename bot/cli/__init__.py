"""The command line: `paperboy COMMAND`."""
