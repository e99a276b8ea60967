"""Change the email address of an ECT or a mentor at this school (spec 05 §9)."""
