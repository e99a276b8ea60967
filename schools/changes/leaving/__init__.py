"""Report that somebody leaves, change their last day, or take the report back (spec 05 §10)."""
