"""Move a mentor to another of the user's schools, to mentor an ECT there (spec 05 §20.6, §8.3)."""
