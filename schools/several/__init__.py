"""A school registers several ECTs together, from a file or by hand (spec 05 §20.2, §20.3)."""
