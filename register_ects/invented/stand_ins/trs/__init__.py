"""A local stand-in of the Teaching Record System. Every person in it is invented.

How to use it: docs/integrations/trs.md. Source: spec 06, 6.18 "Stand-in server".
"""

from register_ects.invented.stand_ins.trs.people import alert, person
from register_ects.invented.stand_ins.trs.serving import TRSStandIn, serving
