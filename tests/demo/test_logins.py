"""What `demo-logins` prints opens the doors of the demo, and nothing else prints anything."""

from __future__ import annotations

import json

import pytest
from click.testing import Result
from flask import Flask

from tests.support.demo import Demo

ROLES = ("child", "teacher", "coordinator", "mentor", "department")
KEYS = {"role", "group", "user_name", "password", "totp_secret", "badge_code", "picture_pin"}


def run(app: Flask, *arguments: str) -> Result:
    """A command as `flask --app app …` runs it."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=arguments)


def test_the_list_is_json_as_the_contract_says(demo: Demo) -> None:
    printed = run(demo.app, "demo-logins")
    rows = json.loads(printed.output)
    assert rows == demo.logins and len(rows) == 131
    assert {role: any(row["role"] == role for row in rows) for role in ROLES} == dict.fromkeys(ROLES, True)
    for row in rows:
        assert set(row) == KEYS
        is_child = row["role"] == "child"
        assert (row["badge_code"] is not None, row["picture_pin"] is not None) == (is_child, is_child)
        assert (row["user_name"] is None, row["password"] is None) == (is_child, is_child)
        if is_child:
            assert len(row["badge_code"]) == 16 and len(row["picture_pin"]) in (3, 4) and row["totp_secret"] is None


def test_another_site_prints_nothing(app: Flask) -> None:
    printed = run(app, "demo-logins")
    assert printed.exit_code == 2
    assert "was not made by the demo" in printed.output and "password" not in printed.output


@pytest.mark.parametrize("role", ["teacher", "coordinator", "mentor", "department"])
def test_an_adult_signs_in_with_what_is_printed(demo: Demo, role: str) -> None:
    """Password, and a code where the role needs one (R83)."""
    client, row = demo.client(), demo.login(role)
    assert (row["totp_secret"] is not None) == (role != "mentor")
    page = demo.come_in(client, row)
    assert page.status == 200 and page.address == "/me"


def test_without_its_code_a_password_opens_nothing(demo: Demo) -> None:
    """R83."""
    client, row = demo.client(), demo.login("teacher")
    client.get("/sign-in")
    page = client.submit(having="password", user_name=row["user_name"], password=row["password"], code="")
    assert page.status == 422 and page.address == "/sign-in"


@pytest.mark.parametrize("pictures", [3, 4])
def test_a_child_signs_in_with_badge_and_pictures(demo: Demo, pictures: int) -> None:
    """Three pictures up to eight years of age, four from nine on."""
    row = next(one for one in demo.logins if one["picture_pin"] and len(one["picture_pin"]) == pictures)
    client = demo.client()
    page = demo.come_in(client, row)
    assert page.status == 200
    assert client.get("/me").status == 200 and client.page is not None and client.page.address == "/me"


def test_another_childs_pictures_do_not_open_a_badge(demo: Demo) -> None:
    one, other = [row for row in demo.logins if row["picture_pin"] and len(row["picture_pin"]) == 4][:2]
    page = demo.come_in(demo.client(), one | {"picture_pin": other["picture_pin"]})
    assert page.status == 422


def test_a_child_with_another_badge_is_not_printed_any_more(demo: Demo) -> None:
    """Only its owner has the new secret."""
    from cfc_groups.badges import actions
    from cfc_groups.db import write
    from cfc_groups.demo import logins

    child = int(str(demo.database.value("SELECT account_id FROM accounts WHERE display_name = '会飞的小狐狸'")))
    with demo.app.app_context():
        with write(demo.database) as tx:
            actions.issue_badge_in(tx, demo.sealer, child, None, demo.clock())
        rows = logins.as_rows(demo.database, demo.sealer)
    assert len(rows) == len(demo.logins) - 1


def test_a_year_later_everybody_can_still_be_printed(demo: Demo) -> None:
    """The codes for printing badges are forgotten after a day; the demo's sign-ins are not."""
    from datetime import timedelta

    from cfc_groups.badges.actions import close_old_badges
    from cfc_groups.demo import logins

    with demo.app.app_context():
        close_old_badges(demo.database, demo.clock() + timedelta(days=400))
        assert demo.database.value("SELECT count(*) FROM badges WHERE codes IS NOT NULL") == 0
        assert logins.as_rows(demo.database, demo.sealer) == demo.logins


def test_the_short_list_names_a_way_in_for_each_role(demo: Demo) -> None:
    printed = run(demo.app, "demo-logins", "--short").output
    for role in ROLES:
        row = demo.login(role)
        assert f"  {role}\n" in printed
        for value in (row["user_name"], row["password"], row["totp_secret"]):
            assert value is None or value in printed
    assert "/sign-in/badge" in printed
