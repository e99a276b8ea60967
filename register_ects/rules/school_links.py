"""What the national register's links between establishments mean (spec 01 §4.3, 07 §8.1).

The spelling is the register's own. Links of other types are stored but decide nothing.
"""

SUCCESSOR_TYPES = frozenset(
    {
        "Successor",
        "Successor - merged",
        "Successor - amalgamated",
        "Successor - Split School",
    }
)

PREDECESSOR_TYPES = frozenset(
    {
        "Predecessor",
        "Predecessor - merged",
        "Predecessor - amalgamated",
        "Predecessor - Split School",
    }
)

OTHER_TYPES = frozenset(
    {
        "Children's Centre Link",
        "Closure",
        "Expansion",
        "Merged - change in age range",
        "Merged - expansion in school capacity and changer in age range",
        "Merged - expansion of school capacity",
        "Other",
        "Result of Amalgamation",
        "Sixth Form Centre Link",
        "Sixth Form Centre School",
    }
)

KNOWN_TYPES = SUCCESSOR_TYPES | PREDECESSOR_TYPES | OTHER_TYPES
