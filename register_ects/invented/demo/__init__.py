"""The demo: everything on one machine, with invented people on real schools (never production)."""
