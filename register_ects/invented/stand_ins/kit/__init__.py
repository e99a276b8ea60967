"""What every stand-in is made of. A new one: subclass ``StandInApp``, and ``StandIn`` for tests."""

from register_ects.invented.stand_ins.kit.app import Lever, StandInApp
from register_ects.invented.stand_ins.kit.client import StandIn
from register_ects.invented.stand_ins.kit.http import Request, Response, json_response, problem
from register_ects.invented.stand_ins.kit.server import run_from_command_line, serve
