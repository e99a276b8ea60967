"""The national register of schools (Get Information About Schools, GIAS): importing an extract.

``importer`` is the way in. ``reader`` turns a file into rows, ``values`` rows into facts,
``staging`` puts them beside what we hold, ``merge`` and ``links`` change what differs, and
``opening`` gives newly opened schools a record of our own. Source: spec 07 §8.
"""
