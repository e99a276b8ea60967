"""Assign one of the school’s mentors to an ECT: the journey of spec 05 §8.1 and §8.2."""
