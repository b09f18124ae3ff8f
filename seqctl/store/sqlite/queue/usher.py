"""Waiting for a turn no longer than somebody wants to wait."""

import os
from time import monotonic

try:
    from _thread import RLock, allocate_lock, start_new_thread
except ImportError:
    # What is documented as low-level may move; this is the same with more around it.
    from threading import Lock as allocate_lock
    from threading import RLock, Thread

    def start_new_thread(  # type: ignore[no-redef]
        function: "Callable[[_Errand], None]", given: "tuple[_Errand]"
    ) -> int:
        """Run a function in a thread that the process does not wait for."""
        thread = Thread(target=function, args=given, daemon=True)
        thread.start()
        return thread.ident or 0


from seqctl.store.sqlite.queue.turn import Turn, forks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

LOOK = 0.25
"""Seconds between two looks at whether waiting for the turn makes sense."""

MOST_LEFT = 8
"""With so many places given up and not yet reached, this process starts no more ushers."""

_left: set["_Errand"] = set()


class Usher:
    """A thread that waits in a writer's stead, since a writer waits only so long and `flock` until the end.

    Nothing but a signal ends a `flock` that waits. But signals and timers belong to the program that uses
    this library, and reach its main thread only. A place that is given up is waited for to its end in the
    background and then left to the next. Raises RuntimeError where no thread can be started.
    """

    __slots__ = ("_errand", "_forks")

    def __init__(self) -> None:
        self._errand = _Errand()
        self._forks = forks()
        if len(_left) >= MOST_LEFT:
            raise RuntimeError("too many places in the queue were given up and not yet reached")
        start_new_thread(_run, (self._errand,))

    @property
    def dismissed(self) -> bool:
        """Whether it serves no more."""
        return self._errand.over or self._forks != forks()

    def wait(self, turn: Turn, seconds: float, otherwise: "Callable[[], bool]") -> bool:
        """Whether the turn came in time. If not, it is left when it comes, and this usher is dismissed.

        Every LOOK seconds `otherwise` is asked whether the writer needs it no more.
        """
        errand = self._errand
        end = monotonic() + seconds
        try:
            errand.turn = turn
            errand.call.release()
            came = errand.answer.acquire(True, min(seconds, LOOK))
            while not came and (left := end - monotonic()) > 0 and not otherwise():
                came = errand.answer.acquire(True, min(left, LOOK))
        except BaseException:
            if not self.dismiss():
                turn.leave()
            raise
        # It may have come at the very last.
        return came or not self.dismiss()

    def dismiss(self) -> bool:
        """Let the thread end, now or when the turn comes that it waits for; says whether it waits for one."""
        if self.dismissed:
            return False
        errand = self._errand
        with errand.guard:
            errand.over = True
            waiting = errand.turn is not None
            if waiting:
                _left.add(errand)
        if not waiting:
            errand.call.release()
        return waiting

    def __del__(self) -> None:
        self.dismiss()


class _Errand:
    """What an usher and its thread share: the thread keeps only this, so that a forgotten usher ends it."""

    __slots__ = ("answer", "call", "guard", "over", "turn")

    def __init__(self) -> None:
        self.call, self.answer = allocate_lock(), allocate_lock()
        self.guard = RLock()  # a collection of garbage may dismiss an usher anywhere
        self.call.acquire()
        self.answer.acquire()
        self.turn: Turn | None = None
        self.over = False


def _run(errand: _Errand) -> None:
    """The thread: waits for each turn that is asked for, until its usher is dismissed."""
    while True:
        errand.call.acquire()
        turn = errand.turn
        if turn is None:
            return
        try:
            turn.wait()
        except OSError:
            # Without a lock there is no order; the writer goes on without.
            turn.leave()
        with errand.guard:
            errand.turn = None
            if errand.over:
                _left.discard(errand)
                turn.leave()
                return
            del turn
            errand.answer.release()


os.register_at_fork(after_in_child=_left.clear)
