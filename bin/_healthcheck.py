"""Ask the web server of this container whether it is well: exit 0 if it is."""

import http.client
import os
import sys

# ".example.org" stands for the host and all below it.
hosts = [each.strip() for each in os.environ.get("ALLOWED_HOSTS", "").split(",")]
host = next(filter(None, hosts), "localhost").removeprefix(".")
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", "/healthcheck", headers={"Host": host})
sys.exit(connection.getresponse().status != http.HTTPStatus.OK)
