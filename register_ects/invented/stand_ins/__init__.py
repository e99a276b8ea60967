"""Stand-ins of other services, answering over HTTP on this machine only.

``kit`` holds what each needs: HTTP, a server, faults on request, levers for tests, a page for
people. A stand-in adds its protocol, and its people or messages. They share no code with our
clients, so that one mistake cannot hide in both.
"""
