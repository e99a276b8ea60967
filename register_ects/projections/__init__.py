"""What lead providers are shown: facts in, ready payloads out, kept in step with the facts.

A *renderer* (a module for each resource) says what every provider is shown of some records;
``storing`` compares that with what is stored and writes the difference; ``refresh`` does so for
what changed, before a transaction commits; ``rebuild`` and ``verify`` for everything.
"""
