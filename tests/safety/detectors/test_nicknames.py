"""What a nickname may not tell (R3)."""

from __future__ import annotations

import pytest

from cfc_groups.safety.detectors import Kind, Level, find_in_nickname


@pytest.mark.parametrize(
    "nickname",
    ["韦博文", "爱笑的韦博文", "韦 博 文", "韋博文", "博文小狐狸", "小博·文"],
)
def test_the_real_name_or_the_given_name_is_found(nickname: str) -> None:
    found = find_in_nickname(nickname, real_name="韦博文")
    assert Kind.own_name in {one.kind for one in found}
    assert all(one.level is not Level.SOFT for one in found)


def test_a_given_name_of_one_character_alone_is_no_finding() -> None:
    """Too many nicknames hold such a character; the full name is still found."""
    assert not find_in_nickname("念念不忘的海豚", real_name="史念")
    assert find_in_nickname("史念的海豚", real_name="史念")


def test_the_given_name_after_a_double_surname_is_found() -> None:
    assert find_in_nickname("小满爱画画", real_name="欧阳小满")
    assert not find_in_nickname("阳光小狮子", real_name="欧阳小满")


@pytest.mark.parametrize("nickname", ["实验小学小明", "附小的猫", "三年级2班小狐狸", "五(3)班的风", "幼儿园大班长"])
def test_a_school_or_a_class_is_found(nickname: str) -> None:
    assert Kind.school_class in {one.kind for one in find_in_nickname(nickname, real_name=None)}


def test_the_name_of_a_school_of_the_alliance_is_found() -> None:
    assert not find_in_nickname("桂雨的风", real_name=None)
    assert find_in_nickname("桂雨的风", real_name=None, school_names=["桂雨"])


@pytest.mark.parametrize("nickname", ["小狐狸13900001234", "狐狸12345", "①②狐狸③④⑤", "一二三狐四五"])
def test_five_digits_are_found_also_apart(nickname: str) -> None:
    assert find_in_nickname(nickname, real_name=None)


@pytest.mark.parametrize("nickname", ["2015年3月", "三月八号的猫", "狐狸15.3.8"])
def test_a_date_of_birth_is_found(nickname: str) -> None:
    assert find_in_nickname(nickname, real_name=None)


@pytest.mark.parametrize("nickname", ["会飞的小狐狸", "三号狮子", "慢慢走的小蜗牛", "五号小熊猫", "𠮷祥猫", "🐼", ""])
def test_a_drawn_animals_name_is_no_finding(nickname: str) -> None:
    assert not find_in_nickname(nickname, real_name="韦博文")
