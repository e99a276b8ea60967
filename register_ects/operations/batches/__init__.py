"""Several ECTs that a school registers at once (spec 05 §20.2, §20.3)."""
