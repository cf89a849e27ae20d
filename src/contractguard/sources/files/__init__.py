"""Files on disk and streams: read without following links, identified by their bytes."""
