"""Put an ECT on provider-led or on school-led training (spec 05 §9.3)."""
