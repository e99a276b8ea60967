"""What schools recorded that a body has to look at (spec 06 §6.7)."""
