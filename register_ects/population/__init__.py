"""Invented teachers with whole histories on the real schools, made in bulk.

``generate.generate_population`` is the way in. A history is unfolded in memory as schools, lead
providers and appropriate bodies would have made it, then copied into the tables in batches:
``catalogue`` reads what exists, ``sites`` is a school with its agreements, ``ects`` and
``mentors`` let people come, train and go, ``declarations`` and ``inductions`` follow from that,
``loading`` writes. Every choice comes from ``chances``, so that a seed always gives the same.
"""
