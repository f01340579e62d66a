"""Some pages take a larger request body than all others: waitress by itself knows one limit for the whole server."""

from __future__ import annotations

from copy import copy
from typing import Any

from waitress.channel import HTTPChannel


def take_larger_body(path: str, largest: int) -> None:
    """From now on, let this process receive up to `largest` bytes by POST to this path.

    Each path has its own call. The limit holds before the body comes in, so that a larger one never reaches the disk.
    """

    class Parser(HTTPChannel.parser_class):  # type: ignore[misc]  # waitress has no types
        adj: Any

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.command == "POST" and self.path == path:
                own = copy(self.adj)
                own.max_request_body_size = largest
                self.adj = own

    HTTPChannel.parser_class = Parser
