"""Changes of what a school has registered: the journeys of spec 05 §9, a package each.

A journey is declared once for ECTs and mentors (``roles``, ``journeys``); ``urls`` lists them all.
Which of them a record leads to, and why not to another: ``schools.queries.changes``.
"""
