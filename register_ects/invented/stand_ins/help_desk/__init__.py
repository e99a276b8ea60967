"""A local stand-in of the help desk: its tickets stay on this computer.

How to use it: docs/integrations/help-desk.md.
"""

from register_ects.invented.stand_ins.help_desk.serving import HelpDeskStandIn, serving
