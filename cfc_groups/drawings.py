"""The drawings that the site can show: avatars, pictures of the picture PIN, pictures of themes, icons.

A closed list (R4): whoever receives a key from outside looks it up here and refuses what is not in it.
Paths are below ``static/``. Names are what a screen reader says. Where the files come from:
``static/img/LICENCE.txt``.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString, lazy_pgettext


@dataclass(frozen=True)
class Drawing:
    """One vendored SVG: its key in the database, its path below ``static/``, its name to be read out."""

    key: str
    path: str
    name: LazyString


AVATARS: tuple[Drawing, ...] = (
    Drawing("fox", "img/avatars/fox.svg", lazy_pgettext("drawing", "fox")),
    Drawing("snail", "img/avatars/snail.svg", lazy_pgettext("drawing", "snail")),
    Drawing("panda", "img/avatars/panda.svg", lazy_pgettext("drawing", "panda")),
    Drawing("rabbit", "img/avatars/rabbit.svg", lazy_pgettext("drawing", "rabbit")),
    Drawing("cat", "img/avatars/cat.svg", lazy_pgettext("drawing", "cat")),
    Drawing("dog", "img/avatars/dog.svg", lazy_pgettext("drawing", "dog")),
    Drawing("bear", "img/avatars/bear.svg", lazy_pgettext("drawing", "bear")),
    Drawing("koala", "img/avatars/koala.svg", lazy_pgettext("drawing", "koala")),
    Drawing("tiger", "img/avatars/tiger.svg", lazy_pgettext("drawing", "tiger")),
    Drawing("lion", "img/avatars/lion.svg", lazy_pgettext("drawing", "lion")),
    Drawing("frog", "img/avatars/frog.svg", lazy_pgettext("drawing", "frog")),
    Drawing("penguin", "img/avatars/penguin.svg", lazy_pgettext("drawing", "penguin")),
    Drawing("duck", "img/avatars/duck.svg", lazy_pgettext("drawing", "duck")),
    Drawing("owl", "img/avatars/owl.svg", lazy_pgettext("drawing", "owl")),
    Drawing("bee", "img/avatars/bee.svg", lazy_pgettext("drawing", "bee")),
    Drawing("butterfly", "img/avatars/butterfly.svg", lazy_pgettext("drawing", "butterfly")),
    Drawing("ladybird", "img/avatars/ladybird.svg", lazy_pgettext("drawing", "ladybird")),
    Drawing("turtle", "img/avatars/turtle.svg", lazy_pgettext("drawing", "turtle")),
    Drawing("octopus", "img/avatars/octopus.svg", lazy_pgettext("drawing", "octopus")),
    Drawing("whale", "img/avatars/whale.svg", lazy_pgettext("drawing", "whale")),
    Drawing("dolphin", "img/avatars/dolphin.svg", lazy_pgettext("drawing", "dolphin")),
    Drawing("hedgehog", "img/avatars/hedgehog.svg", lazy_pgettext("drawing", "hedgehog")),
    Drawing("chipmunk", "img/avatars/chipmunk.svg", lazy_pgettext("drawing", "chipmunk")),
    Drawing("elephant", "img/avatars/elephant.svg", lazy_pgettext("drawing", "elephant")),
    Drawing("giraffe", "img/avatars/giraffe.svg", lazy_pgettext("drawing", "giraffe")),
    Drawing("deer", "img/avatars/deer.svg", lazy_pgettext("drawing", "deer")),
    Drawing("hamster", "img/avatars/hamster.svg", lazy_pgettext("drawing", "hamster")),
    Drawing("horse", "img/avatars/horse.svg", lazy_pgettext("drawing", "horse")),
    Drawing("sheep", "img/avatars/sheep.svg", lazy_pgettext("drawing", "sheep")),
    Drawing("otter", "img/avatars/otter.svg", lazy_pgettext("drawing", "otter")),
    Drawing("sloth", "img/avatars/sloth.svg", lazy_pgettext("drawing", "sloth")),
    Drawing("kangaroo", "img/avatars/kangaroo.svg", lazy_pgettext("drawing", "kangaroo")),
    Drawing("crab", "img/avatars/crab.svg", lazy_pgettext("drawing", "crab")),
    Drawing("seal", "img/avatars/seal.svg", lazy_pgettext("drawing", "seal")),
    Drawing("chick", "img/avatars/chick.svg", lazy_pgettext("drawing", "chick")),
    Drawing("flamingo", "img/avatars/flamingo.svg", lazy_pgettext("drawing", "flamingo")),
    Drawing("parrot", "img/avatars/parrot.svg", lazy_pgettext("drawing", "parrot")),
    Drawing("peacock", "img/avatars/peacock.svg", lazy_pgettext("drawing", "peacock")),
    Drawing("swan", "img/avatars/swan.svg", lazy_pgettext("drawing", "swan")),
    Drawing("zebra", "img/avatars/zebra.svg", lazy_pgettext("drawing", "zebra")),
    Drawing("raccoon", "img/avatars/raccoon.svg", lazy_pgettext("drawing", "raccoon")),
    Drawing("beaver", "img/avatars/beaver.svg", lazy_pgettext("drawing", "beaver")),
    Drawing("tulip", "img/avatars/tulip.svg", lazy_pgettext("drawing", "tulip")),
    Drawing("sunflower", "img/avatars/sunflower.svg", lazy_pgettext("drawing", "sunflower")),
    Drawing("cactus", "img/avatars/cactus.svg", lazy_pgettext("drawing", "cactus")),
    Drawing("mushroom", "img/avatars/mushroom.svg", lazy_pgettext("drawing", "mushroom")),
    Drawing("clover", "img/avatars/clover.svg", lazy_pgettext("drawing", "clover")),
    Drawing("seedling", "img/avatars/seedling.svg", lazy_pgettext("drawing", "seedling")),
    Drawing("blossom", "img/avatars/blossom.svg", lazy_pgettext("drawing", "cherry blossom")),
    Drawing("polar-bear", "img/avatars/polar-bear.svg", lazy_pgettext("drawing", "polar bear")),
)
"""Who a child can be: animals and plants. Nobody uploads a face (R4)."""

PIN_PICTURES: tuple[Drawing, ...] = (
    Drawing("apple", "img/pin/apple.svg", lazy_pgettext("drawing", "apple")),
    Drawing("umbrella", "img/pin/umbrella.svg", lazy_pgettext("drawing", "umbrella")),
    Drawing("bicycle", "img/pin/bicycle.svg", lazy_pgettext("drawing", "bicycle")),
    Drawing("fish", "img/pin/fish.svg", lazy_pgettext("drawing", "fish")),
    Drawing("house", "img/pin/house.svg", lazy_pgettext("drawing", "house")),
    Drawing("key", "img/pin/key.svg", lazy_pgettext("drawing", "key")),
    Drawing("star", "img/pin/star.svg", lazy_pgettext("drawing", "star")),
    Drawing("boat", "img/pin/boat.svg", lazy_pgettext("drawing", "boat")),
    Drawing("car", "img/pin/car.svg", lazy_pgettext("drawing", "car")),
    Drawing("banana", "img/pin/banana.svg", lazy_pgettext("drawing", "banana")),
    Drawing("balloon", "img/pin/balloon.svg", lazy_pgettext("drawing", "balloon")),
    Drawing("book", "img/pin/book.svg", lazy_pgettext("drawing", "book")),
    Drawing("clock", "img/pin/clock.svg", lazy_pgettext("drawing", "clock")),
    Drawing("scissors", "img/pin/scissors.svg", lazy_pgettext("drawing", "scissors")),
    Drawing("bell", "img/pin/bell.svg", lazy_pgettext("drawing", "bell")),
    Drawing("drum", "img/pin/drum.svg", lazy_pgettext("drawing", "drum")),
    Drawing("guitar", "img/pin/guitar.svg", lazy_pgettext("drawing", "guitar")),
    Drawing("kite", "img/pin/kite.svg", lazy_pgettext("drawing", "kite")),
    Drawing("train", "img/pin/train.svg", lazy_pgettext("drawing", "train")),
    Drawing("airplane", "img/pin/airplane.svg", lazy_pgettext("drawing", "airplane")),
    Drawing("watermelon", "img/pin/watermelon.svg", lazy_pgettext("drawing", "watermelon")),
    Drawing("carrot", "img/pin/carrot.svg", lazy_pgettext("drawing", "carrot")),
    Drawing("football", "img/pin/football.svg", lazy_pgettext("drawing", "football")),
    Drawing("pencil", "img/pin/pencil.svg", lazy_pgettext("drawing", "pencil")),
    Drawing("gift", "img/pin/gift.svg", lazy_pgettext("drawing", "gift")),
    Drawing("ladder", "img/pin/ladder.svg", lazy_pgettext("drawing", "ladder")),
    Drawing("chair", "img/pin/chair.svg", lazy_pgettext("drawing", "chair")),
    Drawing("glasses", "img/pin/glasses.svg", lazy_pgettext("drawing", "glasses")),
    Drawing("socks", "img/pin/socks.svg", lazy_pgettext("drawing", "socks")),
    Drawing("teddy", "img/pin/teddy.svg", lazy_pgettext("drawing", "teddy bear")),
)
"""Thirty everyday things that a six-year-old tells apart by shape, not only by colour."""

THEME_PICTURES: tuple[Drawing, ...] = (
    Drawing("living", "img/themes/living.svg", lazy_pgettext("drawing", "living environment")),
    Drawing("culture", "img/themes/culture.svg", lazy_pgettext("drawing", "cultural venues")),
    Drawing("transport", "img/themes/transport.svg", lazy_pgettext("drawing", "transport")),
    Drawing("health", "img/themes/health.svg", lazy_pgettext("drawing", "health")),
    Drawing("parks", "img/themes/parks.svg", lazy_pgettext("drawing", "parks and play")),
    Drawing("school", "img/themes/school.svg", lazy_pgettext("drawing", "school life")),
    Drawing("safety", "img/themes/safety.svg", lazy_pgettext("drawing", "safety")),
    Drawing("other", "img/themes/other.svg", lazy_pgettext("drawing", "other")),
    Drawing("food", "img/themes/food.svg", lazy_pgettext("drawing", "food")),
    Drawing("reading", "img/themes/reading.svg", lazy_pgettext("drawing", "reading")),
    Drawing("animals", "img/themes/animals.svg", lazy_pgettext("drawing", "animals")),
    Drawing("water", "img/themes/water.svg", lazy_pgettext("drawing", "water")),
    Drawing("sport", "img/themes/sport.svg", lazy_pgettext("drawing", "sport")),
    Drawing("neighbours", "img/themes/neighbours.svg", lazy_pgettext("drawing", "neighbours")),
    Drawing("tidy", "img/themes/tidy.svg", lazy_pgettext("drawing", "tidiness")),
    Drawing("nature", "img/themes/nature.svg", lazy_pgettext("drawing", "trees and nature")),
)
"""Pictures of themes: the seven of the alliance, ``other``, and spares for themes that an alliance adds."""

ICONS: frozenset[str] = frozenset(
    {
        "home", "me", "board", "write", "activities", "map", "results", "groups", "group", "team",
        "member", "people", "moderation", "import", "export", "upload", "print", "search", "filter",
        "add", "close", "check", "check-circle", "back", "next", "up", "down", "left", "right",
        "more", "menu", "edit", "delete", "undo", "save", "send", "return", "publish", "refuse",
        "mask", "eye", "colleague", "claim", "lock", "unlock", "key", "badge", "qr", "sign-in",
        "sign-out", "switch", "swap", "settings", "language", "help", "info", "warning", "problem",
        "done", "note", "bell", "phone", "mail", "link", "copy", "clock", "calendar", "place",
        "camera", "picture", "palette", "microphone", "speaker", "book", "school", "ruler", "heart",
        "star", "hand", "wish", "privacy", "shield", "file", "table", "history", "thanks", "bus",
        "suggestion", "reply", "consent", "dice", "refresh", "external", "wifi", "units",
    }
)  # fmt: skip
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
