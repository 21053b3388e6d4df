"""Models: from a name to files on disk, their cards, conversion and the hub."""
