"""A local stand-in of the Teaching Record System that speaks its protocol over HTTP.

It shares no code with our client, so that one mistake cannot hide in both. Every person in it
is invented. How to use it: docs/integrations/trs.md. Source: spec 06, 6.18 "Stand-in server".
"""

from register_ects.invented.stand_ins.trs.people import alert, person
from register_ects.invented.stand_ins.trs.server import StandIn, run_stand_in, serving

__all__ = ["StandIn", "alert", "person", "run_stand_in", "serving"]
