"""The sample definitions: each imports, gives the numbers that its comments promise, and comes back whole."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import jsonschema
import pytest

from seqctl.__main__ import main
from seqctl.definitions.toml.schema import definition_schema

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "sample-configs").glob("*.toml"))
PROMISE = re.compile(r"^#   seqctl (next .*?) +-> (.*)$", re.MULTILINE)


def run(book: Path, capfd: pytest.CaptureFixture[str], *words: str) -> str:
    status = main(["--db", str(book), *words])
    out, err = capfd.readouterr()
    assert status == 0, err
    return out


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_gives_the_numbers_that_it_promises(
    sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "b.db"
    run(book, capfd, "import", str(sample))
    promises = PROMISE.findall(sample.read_text(encoding="utf-8"))
    assert promises
    for command, promised in promises:
        in_a_year = re.fullmatch(r"(.*) \(in (\d{4})\)", promised)
        words = shlex.split(command)
        if in_a_year:
            promised = in_a_year[1]
            words += ["--date", f"{in_a_year[2]}-06-30"]
        peeked = run(book, capfd, "peek", *words[1:])
        assert ", ".join(peeked.split()) == promised
        assert run(book, capfd, *words) == peeked


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_import_export_import_changes_nothing(
    sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "1.db", tmp_path / "2.db"
    run(first, capfd, "import", str(sample))
    exported = run(first, capfd, "export", "--with-counters")
    (tmp_path / "exported.toml").write_text(exported, encoding="utf-8")
    for book in (first, first):
        lines = run(book, capfd, "import", str(tmp_path / "exported.toml")).splitlines()[1:]
        assert {line.split("\t")[0] for line in lines} == {"unchanged"}
    run(second, capfd, "import", str(tmp_path / "exported.toml"))
    assert run(second, capfd, "export", "--with-counters") == exported


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_follows_the_json_schema(sample: Path) -> None:
    data = tomllib.loads(sample.read_text(encoding="utf-8"))
    # Editors hold the dates of TOML against the schema as texts.
    texts = json.loads(json.dumps(data, default=lambda day: day.isoformat()))
    jsonschema.validate(texts, definition_schema())


def test_the_schema_beside_the_samples_is_the_present_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    written = (ROOT / "sample-configs" / "seqctl.schema.json").read_text(encoding="utf-8")
    assert run(tmp_path / "b.db", capfd, "schema") == written


def test_the_sheet_of_branches_gives_each_its_numbers(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book, sheet = tmp_path / "b.db", tmp_path / "branches.csv"
    run(book, capfd, "import", str(ROOT / "sample-configs" / "branches.csv"))
    issued = run(book, capfd, "next", "invoice", "--attr", "branch=HAM", "--date", "2026-05-05")
    assert issued == "HAM-2026-00001\n"
    run(book, capfd, "export", "--to", str(sheet))
    lines = run(book, capfd, "import", str(sheet)).splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == ["unchanged"] * 4


PAYLOADS = {
    "business-central": ("business-central", ["business-central-lines"]),
    "intacct-vendor-invoice": ("intacct", ["intacct-vendor-invoice"]),
    "salesforce-policy": ("salesforce", ["salesforce-policies", "salesforce-conditions"]),
    "zuora-default": ("zuora", ["zuora-default"]),
}
"""Samples that come of payloads too: the system, and its files."""


@pytest.mark.parametrize("sample", PAYLOADS)
def test_a_sample_does_what_its_payload_does(
    sample: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    system, names = PAYLOADS[sample]
    payloads = [str(ROOT / "sample-configs" / "payloads" / f"{name}.json") for name in names]
    run(tmp_path / "1.db", capfd, "import", "--from", system, *payloads)
    run(tmp_path / "2.db", capfd, "import", str(ROOT / "sample-configs" / f"{sample}.toml"))
    of_payload = run(tmp_path / "1.db", capfd, "export", "--with-counters")
    assert run(tmp_path / "2.db", capfd, "export", "--with-counters") == of_payload


def test_what_sequence_issued_comes_in_before_the_next_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    book, samples = tmp_path / "b.db", ROOT / "sample-configs"
    run(book, capfd, "import", str(samples / "sequence-billing.toml"))
    run(book, capfd, "adopt", "invoice", "--input", str(samples / "payloads" / "sequence-documents.jsonl"))
    assert run(book, capfd, "next", "invoice", "--date", "2026-11-21") == "SEQ0044\n"
    voided = json.loads(run(book, capfd, "show", "SEQ0042", "--json"))
    assert (voided["state"], voided["reason"]) == ("void", "draft voided")


def test_the_samples_come_in_as_one_folder(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each file beside the others, and what other systems gave is passed over by name."""
    book = tmp_path / "b.db"
    status = main(["--db", str(book), "import", str(ROOT / "sample-configs")])
    out, err = capfd.readouterr()
    assert status == 0, err
    payloads = sorted((ROOT / "sample-configs" / "payloads").glob("*.json"))
    warnings = err.splitlines()
    assert [line.split(":")[2].strip() for line in warnings] == [str(path) for path in payloads]
    assert all("holds no definitions of seqctl and is passed over" in line for line in warnings)
    changed = {line.split("\t")[0] for line in out.splitlines()[1:]}
    assert changed == {"created", "unchanged"}
    assert run(book, capfd, "next", "payment") == "P-00000001\n"
    # The ranges and the calendar of the samples are over one day.
    main(["--db", str(book), "--json", "check"])
    found = {item["code"] for item in json.loads(capfd.readouterr().out)}
    assert found <= {"range_blank", "range_missing", "range_ends", "calendar_ends", "calendar_over"}
