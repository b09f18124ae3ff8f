"""A process that issues numbers from a book on a cluster and prints each, until it is told to end.

`python -m tests.postgres.failover_worker URL TIMEOUT NAME [hasty]` writes `KEY TEXT` for each number. `hasty`
is the planted fault: the barrier is left out, so that nobody waits until a commit is durable.
"""

import sys
import time

import seqctl.store.postgres.outages.barrier as barrier
from seqctl import open_store
from seqctl.actions import issue
from seqctl.errors import SeqctlError
from seqctl.model.number.request import Request


def main() -> None:
    url, timeout, name, *fault = sys.argv[1:]
    if fault:
        barrier.BARRIER = "SELECT 1"
    count = 0
    with open_store(url, actor=name, timeout=float(timeout)) as store:
        while True:
            key = f"{name}-{count}"
            try:
                texts = issue(store, Request("invoice", key=key)).texts
            except SeqctlError as error:
                # Refused or unknown: the same key asks again.
                print(f"{key} is asked again: {error.code}", file=sys.stderr, flush=True)
                time.sleep(0.1)
                continue
            print(key, *texts, flush=True)
            count += 1


if __name__ == "__main__":
    main()
