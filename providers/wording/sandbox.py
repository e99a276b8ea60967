"""What to say about a refused reset of the sandbox (spec 02 §2.17.3)."""

SANDBOX = {
    ("lead_provider", "no_delivery_partner"): (
        "Your sandbox cannot be seeded: you have no delivery partner. Contact DfE."
    ),
}
