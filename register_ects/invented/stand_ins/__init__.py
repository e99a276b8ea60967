"""Local stand-ins of other services, for demos and tests. They speak the real protocols."""
