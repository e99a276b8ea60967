"""Correct the name of an ECT or a mentor (spec 05 §9, §9.1)."""
