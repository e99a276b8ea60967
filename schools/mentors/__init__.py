"""What both journeys that give an ECT a mentor share: ``assign_mentor``, ``register_mentor``."""
