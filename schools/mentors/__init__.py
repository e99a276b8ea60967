"""Give an ECT a mentor: one of the school's (``assign``), or a new one (``register``)."""
