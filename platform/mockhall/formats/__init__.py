"""Questions and papers in files: bytes to values and problems, and back; no database, no web."""
