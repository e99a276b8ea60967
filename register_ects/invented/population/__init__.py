"""Invented teachers with whole histories on the real schools, loaded in bulk."""
