"""Overlaps of sequences of one type, held against every pair and day."""

import random
from itertools import combinations
from typing import Any

from seqctl.model.sequence.check import check_sequence
from seqctl.model.sequence.overlap import find_overlap
from seqctl.model.sequence.sequence import Sequence

DAYS = [f"2026-01-{day:02}" for day in range(1, 8)]


def made(name: str, generator: random.Random) -> Sequence:
    fields: dict[str, Any] = {"document_type": "t", "prefix": name}
    begins, ends = sorted(generator.choices(DAYS, k=2))
    if generator.random() < 0.7:
        fields["effective_from"] = begins
    if generator.random() < 0.7:
        fields["effective_until"] = ends
    requires = {
        name: generator.choice([[], ["DE"], ["FR"], ["DE", "FR"]])
        for name in ("entity", "branch")
        if generator.random() < 0.4
    }
    if requires:
        fields["requires"] = requires
    if generator.random() < 0.1:
        fields["status"] = "inactive"
    sequence, findings = check_sequence(name, fields, {})
    assert sequence is not None, findings
    return sequence


def admits(sequence: Sequence, day: str, record: dict[str, str]) -> bool:
    begins, ends = sequence.effective_from or "", sequence.effective_until or "9"
    return (
        sequence.status == "active"
        and begins <= day <= ends
        and all(not values or record[name] in values for name, values in sequence.requires.items())
    )


def brute(sequences: list[Sequence]) -> set[tuple[str, str]]:
    records = [{"entity": entity, "branch": branch} for entity in ("DE", "FR") for branch in ("DE", "FR")]
    return {
        (one.name, other.name)
        for one, other in combinations(sequences, 2)
        if any(admits(one, day, record) and admits(other, day, record) for day in DAYS for record in records)
    }


def test_an_overlap_is_found_where_there_is_one() -> None:
    generator = random.Random(5)
    seen = set()
    for _ in range(2000):
        sequences = [made(name, generator) for name in "abcd"[: generator.randint(2, 4)]]
        changed = {item.name for item in sequences if generator.random() < 0.4}
        pairs = brute(sequences)
        for wanted in (None, changed):
            right = {pair for pair in pairs if wanted is None or wanted & set(pair)}
            found = find_overlap(sequences, wanted)
            seen.add(found is None)
            if found is None:
                assert right == set()
                continue
            assert tuple(sorted((found.one.name, found.other.name))) in right
            begins, ends = found.begins or DAYS[0], found.ends or DAYS[-1]
            both = [
                day
                for day in DAYS
                if all(
                    (item.effective_from or "") <= day <= (item.effective_until or "9")
                    for item in (found.one, found.other)
                )
            ]
            assert (both[0], both[-1]) == (max(begins, DAYS[0]), min(ends, DAYS[-1]))
    assert seen == {True, False}


def test_ten_thousand_of_one_type_are_looked_at_in_a_moment() -> None:
    import time

    sequences = []
    for number in range(10_000):
        sequence, _ = check_sequence(
            f"s{number}",
            {"document_type": "t", "prefix": f"P{number}-", "requires": {"entity": str(number)}},
            {},
        )
        assert sequence is not None
        sequences.append(sequence)
    start = time.process_time()
    assert find_overlap(sequences) is None
    assert find_overlap(sequences, {"s5"}) is None
    assert time.process_time() - start < 3
