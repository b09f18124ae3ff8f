"""Where the program starts: the express lane first, the full command line where that does not know a call.

The one place that turns errors into exit statuses.
"""

import sys


def main(arguments: "list[str] | None" = None) -> int:
    """Run one command and return its exit status; the words of errors go to stderr."""
    given = sys.argv[1:] if arguments is None else arguments
    from seqctl.errors import SeqctlError

    try:
        from seqctl.cli.express import run_express

        status = run_express(given)
        if status is None:
            from seqctl.cli.app import run

            status = run(given)
        return status
    except SeqctlError as error:
        from seqctl.cli.errors import report

        return report(error, given)
    except KeyboardInterrupt:
        sys.stderr.write("seqctl: interrupted; nothing was left half done\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
