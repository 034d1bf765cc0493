"""A kind of notice for the tests, taken out again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel.speaklater import LazyString

from cfc_groups.reminders import words


@pytest.fixture(autouse=True)
def kinds(app: Flask) -> Iterator[None]:
    """`greeting` waits for the morning, `own_deed` does not."""
    words.add_kind("greeting", LazyString(lambda: "你好，%(title)s"), icon="reply")
    words.add_kind("own_deed", LazyString(lambda: "收到啦"), at_once=True)
    yield
    del words.KINDS["greeting"], words.KINDS["own_deed"]
