"""Correct an ECT's first day at the school, or ask support to (spec 05 §9 Improve)."""
