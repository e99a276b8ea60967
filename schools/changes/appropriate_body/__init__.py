"""Change the appropriate body that a school reported of an ECT (spec 05 §6.4, §9)."""
