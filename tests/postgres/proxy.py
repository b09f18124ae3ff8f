"""A proxy between seqctl and a server that cuts, delays or falls silent at any byte of either direction."""

import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TO_SERVER, TO_CLIENT = "to server", "to client"


@dataclass
class Fault:
    """What happens to one connection, once so many bytes went in one direction.

    `cut` ends both sides at once, `silence` passes nothing more in any direction, `delay` passes each byte of
    that message by itself. It happens to the first connection alone, unless `always`; those behind that one
    meet `then`.
    """

    kind: str
    direction: str
    after: int
    always: bool = False
    then: "Fault | None" = None
    met: int = 0
    """How often it happened."""


class Proxy:
    """A port on loopback that leads to a server's socket."""

    def __init__(self, target: Path, listener: socket.socket) -> None:
        self.target = target
        self.listener = listener
        self.port: int = listener.getsockname()[1]
        self.fault: Fault | None = None
        self.passed = {TO_SERVER: bytearray(), TO_CLIENT: bytearray()}
        """What went through since the last `begin`."""
        self._ending = threading.Event()

    def begin(self, fault: Fault) -> Fault:
        """Forget what went through, and do this to the next connection."""
        self.fault = fault
        self.passed = {TO_SERVER: bytearray(), TO_CLIENT: bytearray()}
        return fault

    @property
    def url(self) -> str:
        """The server through this proxy; nothing is asked of it but the plain protocol."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres?sslmode=disable&gssencmode=disable"

    def serve(self) -> None:
        """Take connections until the end; each has a thread of its own."""
        while not self._ending.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def end(self) -> None:
        """Take no more connections and leave those that are open."""
        self._ending.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _carry(self, client: socket.socket) -> None:
        """Pass bytes both ways until one side ends or the fault says so."""
        fault = self.fault
        if fault is not None and not fault.always:
            self.fault = fault.then
        with client, socket.socket(socket.AF_UNIX) as server, selectors.DefaultSelector() as ready:
            server.connect(str(self.target))
            ready.register(client, selectors.EVENT_READ, (TO_SERVER, server))
            ready.register(server, selectors.EVENT_READ, (TO_CLIENT, client))
            passed = {TO_SERVER: 0, TO_CLIENT: 0}
            while not self._ending.is_set():
                for key, _ in ready.select(0.2):
                    direction, other = key.data
                    try:
                        data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                        if not data or not self._pass(data, direction, other, fault, passed):
                            break
                    except OSError:
                        return
                else:
                    continue
                if data and fault is not None and fault.kind == "silence":
                    self._stay_silent(client)
                return

    def _pass(
        self, data: bytes, direction: str, other: socket.socket, fault: Fault | None, passed: dict[str, int]
    ) -> bool:
        """Pass some bytes on, as far as the fault allows; says whether the connection goes on."""
        self.passed[direction] += data
        left = len(data)
        if fault is not None and fault.direction == direction:
            left = max(fault.after - passed[direction], 0)
        passed[direction] += len(data)
        other.sendall(data[:left])
        if left >= len(data) or fault is None:
            return True
        fault.met += 1
        if fault.kind != "delay":
            return False
        for byte in data[left:]:
            time.sleep(0.001)
            other.sendall(bytes([byte]))
        return True

    def _stay_silent(self, client: socket.socket) -> None:
        """Keep both sides open and pass nothing on, until the client gives up."""
        client.settimeout(0.05)
        while not self._ending.is_set():
            try:
                if not client.recv(65536):
                    return
            except TimeoutError:
                continue
            except OSError:
                return


@contextmanager
def between(folder: Path) -> Iterator[Proxy]:
    """A proxy to the server whose socket is in a folder."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(folder / ".s.PGSQL.5432", listener)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.end()
