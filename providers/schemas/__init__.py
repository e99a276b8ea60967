"""The shapes of what goes over the wire, for the published description of the API.

A module for each resource, requests beside responses. They describe and never parse: what may
be sent is read as spec 02 §2.3 to §2.7 want it, and what is answered is ready JSON. The tests
hold every answer against these shapes, so that neither can drift.
"""
