"""What the school pages read: one module per subject, a known number of queries each."""
