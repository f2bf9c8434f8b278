"""The commands of the extension, one a file."""
