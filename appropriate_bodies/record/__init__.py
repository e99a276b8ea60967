"""Parts of an ECT's record with pages of their own: teacher training, and the history."""
