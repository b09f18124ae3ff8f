"""Where the program starts: the express lane first, then what else a call can be, the full command line last.

The one place that turns errors into exit statuses.
"""

import gc
import sys

from seqctl.errors import SeqctlError

BETWEEN_LOOKS = 50_000
"""After how many new objects Python looks for garbage in cycles: not while a command still loads its code."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; the words of errors go to stderr.

    Without `arguments` the process is there for this command alone, and ends with it.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None:
        gc.set_threshold(BETWEEN_LOOKS)
    try:
        status = None
        if "next" in given:
            from seqctl.cli.express import run_express

            status = run_express(given)
        if status is None:
            from seqctl.cli.lanes import run

            status = run(given)
        return status
    except (SeqctlError, OSError) as error:
        from seqctl.cli.errors import of_the_system, report

        return report(of_the_system(error) if isinstance(error, OSError) else error, given)
    except MemoryError:
        from seqctl.cli.errors import no_memory

        return no_memory(given)
    except Exception as error:
        # Python tells where it happened, and this below it.
        error.add_note("This is a bug of seqctl. Nothing was committed, unless numbers were printed.")
        raise
    except KeyboardInterrupt:
        from seqctl.cli.errors import line

        line("seqctl: interrupted; nothing is half done")
        return 130
    finally:
        if arguments is None:
            # What is left goes with the process: Python need not look through all of it for cycles first.
            gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
