"""Run pytest: on every core unless told otherwise, without the speed measurements."""

import os
import sys

import pytest

arguments = sys.argv[1:]
if not any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments):
    dealt_out = ["--dist", "loadfile", "--no-loadscope-reorder"]  # tests/order.py
    arguments = ["-n", str(os.cpu_count() or 2), *dealt_out, *arguments]
if not any(argument.startswith("-m") for argument in arguments):
    arguments = ["-m", "not performance", *arguments]
sys.exit(pytest.main(arguments))
