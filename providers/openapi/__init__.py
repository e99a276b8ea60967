"""The published description of the API: an OpenAPI 3.1 file made from tables and shapes.

``document`` puts it together, ``operations`` says what there is, ``differences`` what changed
since the last release. Paths, ids and tags are held against the routes by a test.
"""
