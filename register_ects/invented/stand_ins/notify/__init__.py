"""A local stand-in of GOV.UK Notify: nothing that it takes leaves this computer.

How to use it: docs/integrations/notify.md.
"""

from register_ects.invented.stand_ins.notify.serving import NotifyStandIn, serving
