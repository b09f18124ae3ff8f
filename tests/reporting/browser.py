"""A real browser for tests: headless Chromium, spoken to over two pipes in the DevTools protocol."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium here: apt-get install chromium"
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"),
    "--remote-debugging-pipe",
)
PATIENCE = 60
"""Seconds that a busy machine may take for one answer."""


def program() -> str | None:
    """The browser of this machine."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One page of a browser. `requests` are the addresses that it asked for, `complaints` its console."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._seen = b""
        self._asked = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask the browser for something, and wait for its answer."""
        self._asked += 1
        asked: dict[str, Any] = {"id": self._asked, "method": method, "params": given}
        if self._session is not None:
            asked["sessionId"] = self._session
        os.write(self._to, json.dumps(asked).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._asked:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result

    def open(self, path: Path, width: int = 1280, dark: bool = False) -> None:
        """Load a file, on a screen of some width, light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.events.clear()
        self.call("Page.navigate", url=path.absolute().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._next()

    def value(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._seen:
            data = os.read(self._back, 1 << 20)
            assert data, "the browser went away"
            self._seen += data
        line, _, self._seen = self._seen.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        if "method" in told:
            self._note(told)
        return told

    def _note(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        given = event["params"]
        if event["method"] == "Network.requestWillBeSent":
            self.requests.append(given["request"]["url"])
        if event["method"] == "Log.entryAdded":
            self.complaints.append(given["entry"]["text"])
        if event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(json.dumps(given))


@contextmanager
def browsing(path: str) -> Iterator[Browser]:
    """A browser, gone with all of its processes at the end."""
    to_read, to = os.pipe()
    back, back_write = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:

        def set_up() -> None:
            for source, wanted in ((os.dup(to_read), 3), (os.dup(back_write), 4)):
                os.dup2(source, wanted)
                os.set_inheritable(wanted, True)

        process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={profile}"],
            preexec_fn=set_up,
            pass_fds=(3, 4),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": profile, "LANG": "C.UTF-8"},
        )
        os.close(to_read)
        os.close(back_write)
        try:
            yield Browser(to, back)
        finally:
            os.close(to)
            os.close(back)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
