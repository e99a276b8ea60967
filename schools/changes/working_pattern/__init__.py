"""Change whether an ECT works full or part time as one (spec 05 §9)."""
