"""Fill a fresh database with the demo alliance, its story beginning three hundred days ago."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cfc_groups import instance, journal
from cfc_groups.accounts import store as accounts
from cfc_groups.accounts.passwords import AT_A_TIME
from cfc_groups.accounts.rules import age_band
from cfc_groups.badges import actions as badges
from cfc_groups.badges import codes
from cfc_groups.badges import store as badge_store
from cfc_groups.badges.models import BadgeSecrets
from cfc_groups.badges.rules import pictures_for
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Writer, write
from cfc_groups.demo import notes, people, secrets_of_demo
from cfc_groups.demo.content_files import read_lines, read_one
from cfc_groups.ids import new_pid
from cfc_groups.safety import actions as safety
from cfc_groups.safety import store as safety_store
from cfc_groups.safety.models import Answer, Paper, ProtectionContact, Purpose, Relation
from cfc_groups.school_calendar import store as calendar
from cfc_groups.school_calendar.models import SchoolTerm
from cfc_groups.sealing import Sealer

BEGAN_BEFORE = timedelta(days=300)


def fill_demo(db: Database, sealer: Sealer, now: datetime, zone: ZoneInfo) -> None:
    """Make the demo alliance; `now` is the story's present. Everything is invented. All or nothing is written."""
    then = now - BEGAN_BEFORE
    today, first_day = date_in(now, zone), date_in(then, zone)
    who = people.DemoPeople()
    with ThreadPoolExecutor(AT_A_TIME) as pool, write(db) as tx:
        people.add_groups(tx, who, then, first_day)
        people.add_adults(tx, sealer, who, then, first_day, today - people.WRITTEN_ON)
        people.add_children(tx, sealer, who, then, first_day, today - people.WRITTEN_ON)
        where = notes.add_places(tx, then)
        _add_terms(tx, who, today, then)
        _record_answers(tx, sealer, who, then)
        pictures = _deal_pictures(tx, sealer, who, today)
        hashes = pool.map(badges.hash_pictures, pictures.values())  # slow; made while the posts are told
        story = notes.Storyteller(tx, sealer, who, where, now, zone)
        story.tell_all()
        _give_badges(tx, sealer, who, pictures, hashes, now)
        _state_facts(tx, who, then)
        journal.enter(tx, None, "fill_demo", "instance", "demo", now)
    story.take_back(db)


def _state_facts(tx: Writer, who: people.DemoPeople, then: datetime) -> None:
    """What the instance is, and whom children can turn to (R35)."""
    alliance = read_one("alliance.json")
    contact = ProtectionContact(alliance["protection"]["officer"], alliance["protection"]["reach"])
    safety_store.add_protection_contact(tx, contact, who.first_coordinator, then)
    instance.set_fact(tx, "alliance_name", alliance["name"])
    instance.set_fact(tx, "made_by", "demo")


def _add_terms(tx: Writer, who: people.DemoPeople, today: date, now: datetime) -> None:
    """The school years around today, with the usual days."""
    for year in range(today.year - 2, today.year + 1):
        label = f"{year}—{year + 1}"
        for half, starts_on, ends_on in (
            (1, date(year, 9, 1), date(year + 1, 1, 29)), (2, date(year + 1, 2, 24), date(year + 1, 7, 2)),
        ):  # fmt: skip
            term = SchoolTerm(new_pid(), f"{label} ({half})", starts_on, ends_on)
            calendar.add_term(tx, term, who.first_coordinator, now)


def _record_answers(tx: Writer, sealer: Sealer, who: people.DemoPeople, then: datetime) -> None:
    """The guardians' papers and the children's own yes, as far as the content gives them."""
    relations = read_one("relations.json")
    for row in read_lines("children.jsonl"):
        if not any(row["consents"].values()):
            continue
        given = {purpose: Answer.YES if row["consents"][purpose.value] else Answer.NO for purpose in Purpose}
        guardian = row["guardian"]
        relation = Relation(relations.get(guardian["relation"], "other"))
        child = who.children[row["nickname"]]
        paper = Paper(given, guardian["name"], relation, then.date())
        safety.record_consents_in(tx, sealer, child, paper, recorded_by=who.first_coordinator, now=then)
        for purpose, answer in given.items():
            if row.get("assent", True) and answer is Answer.YES:
                safety.answer_own_in(tx, child, purpose, Answer.YES, then)


def _deal_pictures(tx: Writer, sealer: Sealer, who: people.DemoPeople, today: date) -> dict[int, list[str]]:
    """Pictures for every child: three up to eight years of age, four from nine on."""
    months = accounts.birth_months(tx, sealer, who.children.values())
    return {
        account_id: secrets_of_demo.pictures_of(sealer, number, pictures_for(age_band(months[account_id], today)))
        for number, account_id in who.by_number.items()
    }


def _give_badges(
    tx: Writer, sealer: Sealer, who: people.DemoPeople, pictures: Mapping[int, list[str]], hashes: Iterable[str],
    now: datetime,
) -> None:  # fmt: skip
    """A badge for every child. The codes to type are the demo's own, so that they can be printed at any later time."""
    kept = dict(zip(pictures, hashes, strict=True))
    for number, account_id in who.by_number.items():
        both = BadgeSecrets(codes.new_secrets().qr, secrets_of_demo.badge_code_of(sealer, number))
        badge_store.add_badge(
            tx, account_id, qr_hash=codes.qr_hash(both.qr), fingerprint=codes.typed_fingerprint(sealer, both.typed),
            codes=codes.seal(sealer, both), issued_by=who.first_coordinator, now=now, choose_until=now, printed_at=now,
        )  # fmt: skip
        journal.enter(tx, who.first_coordinator, "issue_badge", "account", account_id, now, replaced=False)
        badges.set_picture_pin_in(tx, account_id, pictures[account_id], now, pin_hash=kept[account_id])
