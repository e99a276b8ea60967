"""Register a new mentor for an ECT: the journey of spec 05 §8.3."""
