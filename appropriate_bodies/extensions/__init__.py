"""Extensions of an induction, and what time comes to in terms (spec 06 §6.11)."""
