"""Correct what the body recorded of its own induction periods (spec 06 §6.9)."""
