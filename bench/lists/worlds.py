"""Who is really there: villages with clans at home in them, families, owners with several businesses, groups and their
members.

What makes linkage hard is true here already: a village has few clans, a family one telephone, an owner two boards,
a group the telephone of its chair.
"""

from dataclasses import dataclass, replace

import numpy as np

from bench.lists.dice import Dice, running
from bench.lists.names import TRADES, Words

MARKS = ("Contoh", "Peraga", "Rekaan")
_TRADES = running([28, 10, 8, 12, 5, 8, 6, 6, 5, 4, 5, 3])
_HOME = running([1 / place for place in range(1, 9)])


@dataclass(frozen=True)
class Size:
    """How large a world is: enterprises, villages, and how many of the enterprises stand in the first village."""

    enterprises: int
    villages: int
    in_first: int = 0


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise as it truly is, with its owner; `number` and `owner` name them."""

    number: int
    owner: int
    woman: bool
    given: str
    middle: str | None
    clan: str
    born: int
    nik: str
    phone: str | None
    village: str
    trade: int = 0
    board: str = ""
    kbli: str = ""
    nib: str | None = None
    joint: bool = False


def world(words: Words, *, size: Size, seed: int) -> list[Enterprise]:
    """The enterprises of a world, village by village."""
    dice = Dice(seed)
    rows: list[Enterprise] = []
    for person in _people(dice, words=words, size=size, seed=seed):
        boards = [_business(dice, words=words, person=person)]
        fate = dice.roll()
        if fate < 0.09:
            boards += [_business(dice, words=words, person=person) for _ in range(2 if fate < 0.02 else 1)]
        elif fate > 0.97:
            boards.append(_group(dice, words=words, person=person))
        rows += boards
    return [replace(row, number=number) for number, row in enumerate(rows)]


def villages(count: int) -> list[str]:
    """Codes of so many villages: eleven to a kecamatan, fourteen kecamatan to a kabupaten."""
    return [f"53{1 + v // 154:02}{1 + v // 11 % 14:02}{2001 + v % 11:04}" for v in range(count)]


def _people(dice: Dice, *, words: Words, size: Size, seed: int) -> list[Enterprise]:
    rng = np.random.default_rng(seed + 1)
    share = rng.lognormal(0.0, 0.8, size.villages)
    persons = round((size.enterprises - size.in_first) / 1.14)
    counts = rng.multinomial(persons, share / share.sum())
    counts[0] += round(size.in_first / 1.14)
    ranks = running([1 / (place + 5) for place in range(max(len(words.men), len(words.women)))])
    people: list[Enterprise] = []
    for code, count in zip(villages(size.villages), counts.tolist(), strict=True):
        home = [dice.pick(words.clans) for _ in range(8)]
        while count > 0:
            family = min(count, dice.pick((1, 1, 1, 1, 2, 2, 3)))
            clan = home[dice.weighted(_HOME)] if dice.chance(0.8) else dice.pick(words.clans)
            shared = _phone(dice) if family > 1 and dice.chance(0.5) else None
            for _ in range(family):
                person = _person(dice, words=words, ranks=ranks)
                phone = shared or (_phone(dice) if dice.chance(0.85) else None)
                nik = code[:4] + f"{dice.between(1, 14):02}" + person.nik
                people.append(replace(person, owner=len(people), clan=clan, village=code, phone=phone, nik=nik))
            count -= family
    return people


def _person(dice: Dice, *, words: Words, ranks: list[float]) -> Enterprise:
    woman = dice.chance(0.55)
    pool = words.women if woman else words.men
    sums = ranks[: len(pool)]
    given, middle = pool[dice.weighted(sums)], pool[dice.weighted(sums)]
    born = dice.between(1950, 2003)
    nik = f"{dice.between(1, 28) + 40 * woman:02}{dice.between(1, 12):02}{born % 100:02}{dice.between(1, 30):04}"
    return Enterprise(
        number=0, owner=0, woman=woman, given=given, middle=middle if middle != given and dice.chance(0.55) else None,
        clan="", born=born, nik=nik, phone=None, village="",
    )  # fmt: skip


def _phone(dice: Dice) -> str:
    return f"08{dice.between(11, 59)}0{dice.below(10_000_000):07}{dice.below(10) if dice.chance(0.5) else ''}"


def _business(dice: Dice, *, words: Words, person: Enterprise) -> Enterprise:
    trade = dice.weighted(_TRADES)
    kbli, crafts, _ = TRADES[trade]
    craft, mark, virtue = dice.pick(crafts), dice.pick(MARKS), dice.pick(words.virtues)
    elder = "Mama" if person.woman else "Bapa"
    board = dice.pick((
        f"{craft} {elder} {mark} {person.clan}", f"UD {mark} {virtue}", f"{craft} {mark} {virtue}", f"{craft} {person.given} {mark}",
    ))  # fmt: skip
    nib = f"99{dice.below(10**11):011}" if dice.chance(0.3) else None
    return replace(person, trade=trade, board=board, kbli=kbli, nib=nib)


def _group(dice: Dice, *, words: Words, person: Enterprise) -> Enterprise:
    made = _business(dice, words=words, person=person)
    kind, craft = dice.pick(("Kelompok", "KUB", "Kelompok Usaha", "Poktan")), dice.pick(TRADES[made.trade][1])
    return replace(made, joint=True, board=f"{kind} {craft} {dice.pick(MARKS)} {dice.pick(words.virtues)}")
