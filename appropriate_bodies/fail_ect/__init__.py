"""Record that an ECT failed: were they told, when and how (the journey of spec 06 §6.10)."""
