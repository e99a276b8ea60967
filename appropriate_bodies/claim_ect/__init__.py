"""Claim one ECT: find, check, register (the journey of spec 06 §6.8)."""
