"""Everything invented: demo, sandbox, population, contracts, stand-ins for other services.

An app of its own, so that its commands are found. It may use the whole service; nothing of the
service may import it (an import contract forbids it). Refused in production.
"""
