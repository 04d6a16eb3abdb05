"""The rules of an exam as plain values and functions: no web, database, files, clock or chance."""
