"""Sealed text opens with its key in its place only; codes are found by a keyed hash (R26)."""

from __future__ import annotations

import os

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.sealing import Sealer

KEY = bytes(range(32))


@given(st.text())
def test_whatever_was_sealed_comes_back(text: str) -> None:
    sealed = Sealer(KEY).seal(text, "accounts.real_name")
    assert Sealer(KEY).open(sealed, "accounts.real_name") == text
    assert len(text) < 4 or text.encode() not in sealed


def test_the_same_name_is_sealed_differently_each_time() -> None:
    sealer = Sealer(KEY)
    assert sealer.seal("韦博文", "a") != sealer.seal("韦博文", "a")


def test_a_ciphertext_in_another_place_or_with_another_key_does_not_open() -> None:
    sealed = Sealer(KEY).seal("13900001000", "guardian_contacts.phone")
    for sealer, place in ((Sealer(KEY), "accounts.email"), (Sealer(os.urandom(32)), "guardian_contacts.phone")):
        with pytest.raises(InvalidTag):
            sealer.open(sealed, place)


def test_fingerprints_depend_on_key_and_place() -> None:
    one = Sealer(KEY).fingerprint("ABCD", "badges")
    assert one == Sealer(KEY).fingerprint("ABCD", "badges")
    assert len({one, Sealer(KEY).fingerprint("ABCD", "codes"), Sealer(bytes(32)).fingerprint("ABCD", "badges")}) == 3
