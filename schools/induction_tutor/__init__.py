"""Confirm, name or change the induction tutor: the three journeys of spec 05 §11.1."""
