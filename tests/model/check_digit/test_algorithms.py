"""The algorithms of check digits: published examples, and python-stdnum as an oracle."""

import random
from collections.abc import Callable

import pytest
from stdnum import damm, luhn, verhoeff
from stdnum.ch import esr
from stdnum.iso7064 import mod_11_2, mod_11_10, mod_37_2, mod_37_36, mod_97_10

from seqctl.model.check_digit.algorithms import ALGORITHMS, DIGITS, LETTERS, bare

ORACLES: dict[str, Callable[[str], str]] = {
    "luhn": luhn.calc_check_digit,
    "mod10-rec": esr.calc_check_digit,
    "verhoeff": verhoeff.calc_check_digit,
    "damm": damm.calc_check_digit,
    "mod11-10": mod_11_10.calc_check_digit,
    "mod11-2": mod_11_2.calc_check_digit,
    "mod37-2": mod_37_2.calc_check_digit,
    "mod37-36": mod_37_36.calc_check_digit,
    "mod97": mod_97_10.calc_check_digits,
}


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("luhn", "7894", "9"),
        ("luhn", "7992739871", "3"),
        ("luhn", "26000007", "0"),
        ("luhn", "26000008", "8"),
        ("verhoeff", "1234", "0"),
        ("verhoeff", "236", "3"),
        ("damm", "572", "4"),
        ("mod11-2", "0794", "0"),
        ("mod11-2", "079", "X"),
        ("mod11-10", "79462", "3"),
        ("mod11-10", "00200667308", "5"),
        ("mod37-2", "G123489654321", "Y"),
        ("mod37-36", "A12425GABC1234002", "M"),
        ("mod97", "99991234567890121414", "90"),
        ("mod10-731", "123456", "1"),
        ("mod10-731", "1234567", "2"),
        ("mod10-731", "12131295", "2"),
        ("mod10-rec", "21000000000313947143000901", "7"),
    ],
)
def test_published_examples(name: str, text: str, check: str) -> None:
    assert ALGORITHMS[name].of(text) == check


def test_each_gives_what_it_says() -> None:
    for algorithm in ALGORITHMS.values():
        assert set(algorithm.reads) in ({*DIGITS}, {*DIGITS, *LETTERS})
        given = {algorithm.of(str(value)) for value in range(4000)}
        assert {len(check) for check in given} == {algorithm.width}
        assert set("".join(given)) <= set(algorithm.gives)
        assert len(given) == (97 if algorithm.name == "mod97" else len(algorithm.gives))


@pytest.mark.parametrize("name", ORACLES)
def test_the_oracle_gives_the_same(name: str) -> None:
    compare(name, 3000)


@pytest.mark.long
@pytest.mark.parametrize("name", ORACLES)
def test_the_oracle_gives_the_same_for_hundreds_of_thousands(name: str) -> None:
    compare(name, 300_000)


def compare(name: str, times: int) -> None:
    chance, algorithm, oracle = random.Random(name), ALGORITHMS[name], ORACLES[name]
    for _ in range(times):
        text = "".join(chance.choices(algorithm.reads, k=chance.randint(1, 30)))
        assert algorithm.of(text) == oracle(text), text


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_wrong_digit_is_seen(name: str) -> None:
    """All of them see one wrong digit in the place of another; that is what they are for."""
    chance, algorithm = random.Random(name), ALGORITHMS[name]
    for _ in range(500):
        text = "".join(chance.choices(DIGITS, k=9))
        place = chance.randrange(9)
        for digit in DIGITS.replace(text[place], ""):
            changed = text[:place] + digit + text[place + 1 :]
            assert algorithm.of(changed) != algorithm.of(text), (text, changed)


def test_what_stands_for_the_eye_alone_is_left_out() -> None:
    assert bare("INV 2026-07/00.12_3") == "INV20260700123"
