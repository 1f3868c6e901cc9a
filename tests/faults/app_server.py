"""The page's own server in as many processes as there are ports: `python -m tests.faults.app_server PORTS`.

Settings come from the environment. Its embedder needs no model, and it may be asked as often as a test
likes; all else is what visitors meet. What is slow to import is imported once for all of them.
"""

from __future__ import annotations

import os
import sys

import uvicorn

from app import app
from tests.faults.laboratory import embedder
from ui import api, resources
from ui.pacing import Pace

WITHOUT_END = 1_000_000  # requests

if __name__ == "__main__":
    setattr(resources, "load_embedder", lambda _settings: embedder("a"))  # noqa: B010  # in its place
    api._pace = Pace(WITHOUT_END, WITHOUT_END)
    port, *others = map(int, sys.argv[1:])
    while others and not os.fork():
        port, *others = others
    uvicorn.run(app, port=port, log_level="warning")
