"""Claims, and passes and releases, of many ECTs from one file (spec 06 §6.17)."""
