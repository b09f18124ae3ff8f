"""Fault tests: power cuts, kills, errors, full disks, damage. Nothing here is timed.

Each part runs the real program, breaks something under it, and holds the book against itself, against what
was printed and against what was said: nothing printed is lost, nothing is issued twice, no error is silent.
Each has a control: a fault that is planted in the program (`planted.py`), which the part must catch.

- `test_power_cuts.py` records the system calls of a run (`recording.py`) and builds every disk image that a
  power cut after each call may leave (`disk.py`, `exploring.py`): unsynced writes, truncations and directory
  changes dropped one by one, kept one by one, up to each, from each on, of one file alone, torn at 512 bytes.
  The commands are data: `scenarios.py`; what an `upgrade` and a move must keep: `upgrading.py`,
  `moving.py`.
- `test_kills.py` kills `next` at each system call in turn, also while it stands in the writers' queue;
  `test_upgrade_kills.py` an `upgrade`.
- `test_errors.py` fails each system call of `next` with each of eight errors, once and for good;
  `test_import_errors.py` does so while an import makes a book, `test_living_process.py` in a process that
  goes on afterwards.
- `test_crashes.py` kills many writers at random moments and spoils the files of their queue.
- `test_full_disk.py` lets files or the whole disk not grow, `test_output.py` the output; `test_rights.py`
  takes away rights and file descriptors, and has schemas of other versions; `test_damage.py` damages files.

A sample of all that runs with the other tests. All of it runs with the long tests, which end with a summary:

    python -m pytest -m long -n 2

System calls are traced with strace; where that is missing or not permitted, those tests are skipped.
"""
