"""The schemes of payment references: published examples, and python-stdnum as an oracle."""

import random
from collections.abc import Callable

import pytest
from stdnum import iso11649, luhn
from stdnum.be import ogm_vcs
from stdnum.ch import esr

from seqctl.model.reference.schemes import SCHEMES, schemes_of


@pytest.mark.parametrize(
    ("scheme", "base", "reference", "printed"),
    [
        ("rf", "539007547034", "RF18539007547034", "RF18 5390 0754 7034"),
        (
            "qrr",
            "21000000000313947143000901",
            "210000000003139471430009017",
            "21 00000 00003 13947 14300 09017",
        ),
        ("ogm", "0108068171", "010806817183", "+++010/8068/17183+++"),
        ("viite", "123456", "1234561", "12 34561"),
        ("viite", "1234567", "12345672", "123 45672"),
        ("viite", "7", "0071", "0071"),
        ("ee", "12131295", "121312952", "121312952"),
        ("ocr-length", "2019121", "201912193", "201912193"),
        ("ocr-length", "1", "133", "133"),
        ("kid10", "1234", "12344", "12344"),
        ("kid11", "1234", "12343", "12343"),
        ("kid11", "012955", "0129550", "0129550"),
        ("nl", "000056789012345", "5000056789012345", "5000 0567 8901 2345"),
        ("nl", "1234567", "1234567", "1234 567"),
    ],
)
def test_published_examples(scheme: str, base: str, reference: str, printed: str) -> None:
    made = SCHEMES[scheme].reference(base)
    assert made == reference
    assert SCHEMES[scheme].printed(reference) == printed
    assert scheme in schemes_of(printed)


@pytest.mark.parametrize(
    ("scheme", "base"),
    [
        ("rf", "A" * 22),
        ("rf", ""),
        ("rf", "a1"),
        ("qrr", "1" * 27),
        ("ogm", "1" * 11),
        ("viite", "1" * 20),
        ("nl", "1" * 13),
        ("nl", "1" * 16),
        ("kid10", "A1"),
    ],
)
def test_what_does_not_fit_gives_no_reference(scheme: str, base: str) -> None:
    assert SCHEMES[scheme].reference(base) is None


def test_a_changed_digit_satisfies_no_scheme_of_its_kind() -> None:
    chance = random.Random("changed")
    for scheme in SCHEMES.values():
        for _ in range(200):
            base = "".join(chance.choices("0123456789", k=chance.randint(8, min(scheme.most, 10))))
            made = scheme.reference(base)
            assert made is not None
            assert scheme.satisfied_by(scheme.printed(made))
            place = chance.randrange(len(made) - 1, len(made)) if scheme.name != "nl" else 0
            # In the place of the check digit any other one is wrong.
            other = chance.choice("0123456789".replace(made[place], ""))
            assert not scheme.satisfied_by(made[:place] + other + made[place + 1 :])


def rf(base: str) -> str:
    return next(text for text in (f"RF{check:02}{base}" for check in range(2, 99)) if iso11649.is_valid(text))


ORACLES: dict[str, tuple[int, Callable[[str], str]]] = {
    "ogm": (10, lambda base: base.zfill(10) + ogm_vcs.calc_check_digits(base.zfill(10))),
    "qrr": (26, lambda base: base.zfill(26) + esr.calc_check_digit(base.zfill(26))),
    "ocr": (24, lambda base: base + luhn.calc_check_digit(base)),
    "kid10": (24, lambda base: base + luhn.calc_check_digit(base)),
    "rf": (21, rf),
}


@pytest.mark.parametrize("scheme", ORACLES)
def test_the_oracle_gives_the_same(scheme: str) -> None:
    compare(scheme, 1000)


@pytest.mark.long
@pytest.mark.parametrize("scheme", ORACLES)
def test_the_oracle_gives_the_same_for_hundreds_of_thousands(scheme: str) -> None:
    compare(scheme, 200_000)


def compare(scheme: str, times: int) -> None:
    chance, (most, oracle) = random.Random(scheme), ORACLES[scheme]
    for _ in range(times):
        base = "".join(chance.choices(SCHEMES[scheme].reads, k=chance.randint(1, most)))
        assert SCHEMES[scheme].reference(base) == oracle(base), base
