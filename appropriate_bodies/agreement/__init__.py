"""Whether what everybody says of an ECT agrees, and when inductions will be complete."""
