"""The drawings that the site can show: avatars, pictures of the picture PIN, pictures of themes, icons.

A closed list (R4): whoever receives a key from outside looks it up here and refuses what is not in it. Paths are
below ``static/``. Names are what a screen reader says. Where the files come from: ``static/img/LICENCE.txt``.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class Drawing:
    """One vendored SVG: its key in the database, its path below ``static/``, its name for the eye that cannot see."""

    key: str
    path: str
    name: LazyString


AVATARS: tuple[Drawing, ...] = (
    Drawing("fox", "img/avatars/fox.svg", _("fox")),
    Drawing("snail", "img/avatars/snail.svg", _("snail")),
    Drawing("panda", "img/avatars/panda.svg", _("panda")),
    Drawing("rabbit", "img/avatars/rabbit.svg", _("rabbit")),
    Drawing("cat", "img/avatars/cat.svg", _("cat")),
    Drawing("dog", "img/avatars/dog.svg", _("dog")),
    Drawing("bear", "img/avatars/bear.svg", _("bear")),
    Drawing("koala", "img/avatars/koala.svg", _("koala")),
    Drawing("tiger", "img/avatars/tiger.svg", _("tiger")),
    Drawing("lion", "img/avatars/lion.svg", _("lion")),
    Drawing("frog", "img/avatars/frog.svg", _("frog")),
    Drawing("penguin", "img/avatars/penguin.svg", _("penguin")),
    Drawing("duck", "img/avatars/duck.svg", _("duck")),
    Drawing("owl", "img/avatars/owl.svg", _("owl")),
    Drawing("bee", "img/avatars/bee.svg", _("bee")),
    Drawing("butterfly", "img/avatars/butterfly.svg", _("butterfly")),
    Drawing("ladybird", "img/avatars/ladybird.svg", _("ladybird")),
    Drawing("turtle", "img/avatars/turtle.svg", _("turtle")),
    Drawing("octopus", "img/avatars/octopus.svg", _("octopus")),
    Drawing("whale", "img/avatars/whale.svg", _("whale")),
    Drawing("dolphin", "img/avatars/dolphin.svg", _("dolphin")),
    Drawing("hedgehog", "img/avatars/hedgehog.svg", _("hedgehog")),
    Drawing("chipmunk", "img/avatars/chipmunk.svg", _("chipmunk")),
    Drawing("elephant", "img/avatars/elephant.svg", _("elephant")),
    Drawing("giraffe", "img/avatars/giraffe.svg", _("giraffe")),
    Drawing("deer", "img/avatars/deer.svg", _("deer")),
    Drawing("hamster", "img/avatars/hamster.svg", _("hamster")),
    Drawing("horse", "img/avatars/horse.svg", _("horse")),
    Drawing("sheep", "img/avatars/sheep.svg", _("sheep")),
    Drawing("otter", "img/avatars/otter.svg", _("otter")),
    Drawing("sloth", "img/avatars/sloth.svg", _("sloth")),
    Drawing("kangaroo", "img/avatars/kangaroo.svg", _("kangaroo")),
    Drawing("crab", "img/avatars/crab.svg", _("crab")),
    Drawing("seal", "img/avatars/seal.svg", _("seal")),
    Drawing("chick", "img/avatars/chick.svg", _("chick")),
    Drawing("flamingo", "img/avatars/flamingo.svg", _("flamingo")),
    Drawing("parrot", "img/avatars/parrot.svg", _("parrot")),
    Drawing("peacock", "img/avatars/peacock.svg", _("peacock")),
    Drawing("swan", "img/avatars/swan.svg", _("swan")),
    Drawing("zebra", "img/avatars/zebra.svg", _("zebra")),
    Drawing("raccoon", "img/avatars/raccoon.svg", _("raccoon")),
    Drawing("beaver", "img/avatars/beaver.svg", _("beaver")),
    Drawing("tulip", "img/avatars/tulip.svg", _("tulip")),
    Drawing("sunflower", "img/avatars/sunflower.svg", _("sunflower")),
    Drawing("cactus", "img/avatars/cactus.svg", _("cactus")),
    Drawing("mushroom", "img/avatars/mushroom.svg", _("mushroom")),
    Drawing("clover", "img/avatars/clover.svg", _("clover")),
    Drawing("seedling", "img/avatars/seedling.svg", _("seedling")),
    Drawing("blossom", "img/avatars/blossom.svg", _("cherry blossom")),
    Drawing("polar-bear", "img/avatars/polar-bear.svg", _("polar bear")),
)
"""Who a child can be: animals and plants. Nobody uploads a face (R4)."""

PIN_PICTURES: tuple[Drawing, ...] = (
    Drawing("apple", "img/pin/apple.svg", _("apple")),
    Drawing("umbrella", "img/pin/umbrella.svg", _("umbrella")),
    Drawing("bicycle", "img/pin/bicycle.svg", _("bicycle")),
    Drawing("fish", "img/pin/fish.svg", _("fish")),
    Drawing("house", "img/pin/house.svg", _("house")),
    Drawing("key", "img/pin/key.svg", _("key")),
    Drawing("star", "img/pin/star.svg", _("star")),
    Drawing("boat", "img/pin/boat.svg", _("boat")),
    Drawing("car", "img/pin/car.svg", _("car")),
    Drawing("banana", "img/pin/banana.svg", _("banana")),
    Drawing("balloon", "img/pin/balloon.svg", _("balloon")),
    Drawing("book", "img/pin/book.svg", _("book")),
    Drawing("clock", "img/pin/clock.svg", _("clock")),
    Drawing("scissors", "img/pin/scissors.svg", _("scissors")),
    Drawing("bell", "img/pin/bell.svg", _("bell")),
    Drawing("drum", "img/pin/drum.svg", _("drum")),
    Drawing("guitar", "img/pin/guitar.svg", _("guitar")),
    Drawing("kite", "img/pin/kite.svg", _("kite")),
    Drawing("train", "img/pin/train.svg", _("train")),
    Drawing("airplane", "img/pin/airplane.svg", _("airplane")),
    Drawing("watermelon", "img/pin/watermelon.svg", _("watermelon")),
    Drawing("carrot", "img/pin/carrot.svg", _("carrot")),
    Drawing("football", "img/pin/football.svg", _("football")),
    Drawing("pencil", "img/pin/pencil.svg", _("pencil")),
    Drawing("gift", "img/pin/gift.svg", _("gift")),
    Drawing("ladder", "img/pin/ladder.svg", _("ladder")),
    Drawing("chair", "img/pin/chair.svg", _("chair")),
    Drawing("glasses", "img/pin/glasses.svg", _("glasses")),
    Drawing("socks", "img/pin/socks.svg", _("socks")),
    Drawing("teddy", "img/pin/teddy.svg", _("teddy bear")),
)
"""Thirty everyday things that a six-year-old tells apart by shape, not only by colour."""

THEME_PICTURES: tuple[Drawing, ...] = (
    Drawing("living", "img/themes/living.svg", _("living environment")),
    Drawing("culture", "img/themes/culture.svg", _("cultural venues")),
    Drawing("transport", "img/themes/transport.svg", _("transport")),
    Drawing("health", "img/themes/health.svg", _("health")),
    Drawing("parks", "img/themes/parks.svg", _("parks and play")),
    Drawing("school", "img/themes/school.svg", _("school life")),
    Drawing("safety", "img/themes/safety.svg", _("safety")),
    Drawing("other", "img/themes/other.svg", _("other")),
    Drawing("food", "img/themes/food.svg", _("food")),
    Drawing("reading", "img/themes/reading.svg", _("reading")),
    Drawing("animals", "img/themes/animals.svg", _("animals")),
    Drawing("water", "img/themes/water.svg", _("water")),
    Drawing("sport", "img/themes/sport.svg", _("sport")),
    Drawing("neighbours", "img/themes/neighbours.svg", _("neighbours")),
    Drawing("tidy", "img/themes/tidy.svg", _("tidiness")),
    Drawing("nature", "img/themes/nature.svg", _("trees and nature")),
)
"""Pictures of themes: the seven of the alliance, ``other``, and spares for themes that an alliance adds."""

ICONS: frozenset[str] = frozenset(
    """
    home me board write activities map results groups group team member people moderation import
    export upload print search filter add close check check-circle back next up down left right more
    menu edit delete undo save send return publish refuse mask eye colleague claim lock unlock key
    badge qr sign-in sign-out switch swap settings language help info warning problem done note bell
    phone mail link copy clock calendar place camera picture palette microphone speaker book school
    ruler heart star hand wish privacy shield file table history thanks bus suggestion reply consent
    dice refresh external wifi units
    """.split()
)
"""The names that ``icon()`` of ``macros/icons.html`` knows: the symbols of ``static/img/sprite.svg``."""

_AVATARS = {drawing.key: drawing for drawing in AVATARS}
_PIN_PICTURES = {drawing.key: drawing for drawing in PIN_PICTURES}
_THEME_PICTURES = {drawing.key: drawing for drawing in THEME_PICTURES}


def find_avatar(key: str) -> Drawing | None:
    """The avatar with this key, or None."""
    return _AVATARS.get(key)


def find_pin_picture(key: str) -> Drawing | None:
    """The picture of the picture PIN with this key, or None."""
    return _PIN_PICTURES.get(key)


def find_theme_picture(key: str) -> Drawing | None:
    """The picture of a theme with this key, or None."""
    return _THEME_PICTURES.get(key)
