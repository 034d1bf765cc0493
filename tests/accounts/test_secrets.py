"""Passwords (R82), their hashes, codes from the phone and printed codes (R83)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.accounts import passwords, second_factor
from cfc_groups.sealing import Sealer

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
NAMES = passwords.context_words("杭州市儿童观察联盟", "王小明老师", "翠苑第一小学", "wangxm")


@pytest.mark.parametrize(
    ("password", "alone", "with_code"),
    [
        ("three rivers, 7 bridges", None, None),
        ("河边有七座桥，三只白鹭", "password_short", None),  # eleven characters
        ("河边有七座桥，三只白鹭飞过来了", None, None),
        ("short7!", "password_short", "password_short_with_code"),
        ("brdg 7!q", "password_short", None),
        ("bridge7!", "password_short", "password_common"),
        ("a" * 300, "password_long", "password_long"),
        ("q1w2e3r4t5y6u7i8", None, None),
        ("1qaz2wsx3edc4rfv", "password_common", "password_common"),
        ("woaini1314520", "password_short", "password_common"),
        ("PASSWORD12345678", "password_common", "password_common"),
        ("ｐａｓｓｗｏｒｄ１", "password_short", "password_common"),  # full-width letters
        ("abababababababab", "password_simple", "password_simple"),
        ("abcdefghijklmnopq", "password_simple", "password_simple"),
        ("zyxwvutsrqponm", "password_short", "password_simple"),
        ("wangxiaoming2026", "password_has_names", "password_has_names"),
        ("王小明老师王小明老师王小明老师", "password_has_names", "password_has_names"),
        ("翠苑第一小学翠苑第一小学2026号", "password_has_names", "password_has_names"),
        ("观察团guanchatuan2026", "password_has_names", "password_has_names"),
        ("cuiyuandiyixiaoxue1", "password_has_names", "password_has_names"),
        ("wangxm likes 9 quiet herons", None, None),  # a name may stand in it when enough remains
        ("  spaces at both ends  ", None, None),
        ("😀🐼🚌🌳🏮 five pictures", None, None),
    ],
)
def test_which_passwords_are_good(password: str, alone: str | None, with_code: str | None) -> None:
    """R82: at least 15 characters, or 8 with codes; not common, not mostly names."""
    assert passwords.password_problem(password, with_code=False, context=NAMES) == alone
    assert passwords.password_problem(password, with_code=True, context=NAMES) == with_code


def test_the_list_of_common_passwords_is_long_enough() -> None:
    """R82: at least 3,000."""
    assert len(passwords._common()) >= 3000
    assert all(word == word.casefold() for word in passwords._common())


@given(st.text(max_size=300), st.booleans())
def test_any_text_gets_an_answer(password: str, with_code: bool) -> None:
    problem = passwords.password_problem(password, with_code=with_code, context=NAMES)
    if problem is None:
        assert len(password) > 1
    else:
        assert problem.startswith("password_")


def test_hashes_are_argon2id_with_19_mib_and_two_passes() -> None:
    """R82: parameters are read back from what is stored; the hash for nobody costs the same (R88)."""
    for kept in (passwords.hash_secret("three rivers"), passwords.NOBODY):
        parameters = extract_parameters(kept)
        assert (parameters.type, parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (
            Type.ID, 19 * 1024, 2, 1,
        )  # fmt: skip


def test_the_same_password_fits_from_every_keyboard_and_no_other_does() -> None:
    kept = passwords.hash_secret("Ｔhree rivers")
    assert passwords.verify_secret(kept, "Three rivers")
    assert not passwords.verify_secret(kept, "three rivers")
    assert not passwords.verify_secret(kept, "Three rivers ")
    assert not passwords.verify_secret(None, "Three rivers")
    assert not passwords.verify_secret("not a hash", "Three rivers")


@settings(deadline=None, max_examples=25)
@given(st.integers(-600, 600))
def test_codes_of_one_step_around_fit_and_no_others(seconds: int) -> None:
    """R83: half a minute of a wrong clock is forgiven, not more."""
    secret = pyotp.random_base32()
    step = second_factor.matching_step(secret, pyotp.TOTP(secret).at(NOW + timedelta(seconds=seconds)), NOW)
    away = (int(NOW.timestamp()) + seconds) // 30 - int(NOW.timestamp()) // 30
    if abs(away) <= 1:
        assert step == int(NOW.timestamp()) // 30 + away
    elif step is not None:  # one in a million codes is the same by chance
        assert abs(step - int(NOW.timestamp()) // 30) <= 1


def test_typed_codes_may_have_blanks_and_full_width_digits() -> None:
    secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).at(NOW)
    assert second_factor.matching_step(secret, f"{code[:3]} {code[3:]}", NOW) is not None
    for wrong in ("", "12345", "abcdef", "１２３", "0" * 50, "😀", code + "1"):
        assert second_factor.matching_step(secret, wrong, NOW) is None


def test_printed_codes_are_ten_different_ones_that_people_can_read() -> None:
    codes = second_factor.new_codes()
    assert len(set(codes)) == 10
    for code in codes:
        assert len(second_factor.fold_code(code)) == 10
        assert not set(code) & set("IO01")


def test_code_fingerprints_forgive_case_and_hyphens_and_belong_to_one_account(sealer: Sealer) -> None:
    kept = second_factor.code_fingerprint(sealer, 7, "ABCDE-FGHJK")
    assert kept == second_factor.code_fingerprint(sealer, 7, " abcde fghjk ")
    assert kept != second_factor.code_fingerprint(sealer, 8, "ABCDE-FGHJK")


def test_proposed_secrets_stay_the_same_for_a_link_and_differ_between_links(sealer: Sealer) -> None:
    secret = second_factor.proposed_secret(sealer, "one")
    assert secret == second_factor.proposed_secret(sealer, "one")
    assert secret != second_factor.proposed_secret(sealer, "two")
    assert len(secret) == 32
    assert second_factor.in_fours(secret).replace(" ", "") == secret
