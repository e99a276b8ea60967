"""What the service needs before its first user: funding years, providers, bodies, uplifts.

``loader.load_reference_data`` loads what is real and published, from ``data/reference``.
"""
