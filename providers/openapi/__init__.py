"""The published description of the API: an OpenAPI 3.1 file made from tables and shapes.

Endpoints declare what there is (``providers/resources``), ``document`` puts it together,
``differences`` says what changed since the last release.
"""
