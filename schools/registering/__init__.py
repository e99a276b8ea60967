"""What registering an ECT and registering a mentor share: finding the person, words, rows."""
