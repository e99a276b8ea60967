"""Choose another lead provider for an ECT or a mentor (spec 05 §9.2)."""
