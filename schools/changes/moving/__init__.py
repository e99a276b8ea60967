"""Move somebody to another of the user's schools: leave and register as one journey (§20.6)."""
