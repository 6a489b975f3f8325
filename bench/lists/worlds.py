"""Who is really there: villages with clans at home in them, families, owners with several businesses, groups and their members.

A world is a frame of enterprises; `enterprise` is their number, `owner` that of the person. What makes linkage hard is true here
already: a village has few clans, a family one telephone, an owner two boards, a group the telephone of its chair.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from bench.lists.names import TRADES, Words

MARKS = ("Contoh", "Peraga", "Rekaan")


@dataclass(frozen=True)
class Size:
    """How large a world is: enterprises, villages, and how many of the enterprises stand in the first village."""

    enterprises: int
    villages: int
    in_first: int = 0


def world(words: Words, *, size: Size, seed: int) -> pl.DataFrame:
    """Enterprises as they truly are: `enterprise owner woman given middle clan born nik phone nib village trade board kbli joint`."""
    rng = np.random.default_rng(seed)
    people = _people(rng, words=words, size=size)
    rows: list[dict[str, object]] = []
    fates = rng.random(len(people))
    for number, person in enumerate(people):
        rows.append(_enterprise(rng, words=words, person=person))
        if fates[number] < 0.05:
            for _ in range(1 + (fates[number] < 0.01)):
                rows.append(_enterprise(rng, words=words, person=person))
        elif fates[number] > 0.97:
            rows.append(_enterprise(rng, words=words, person=person, joint=True))
        if len(rows) >= size.enterprises:
            break
    return pl.DataFrame(rows[: size.enterprises], infer_schema_length=None).with_row_index("enterprise")


def _people(rng: np.random.Generator, *, words: Words, size: Size) -> list[dict[str, object]]:
    share = rng.lognormal(0.0, 0.8, size.villages)
    counts = rng.multinomial(max(size.enterprises - size.in_first, 0), share / share.sum())
    counts[0] += size.in_first
    codes = [f"53{1 + v % 21:02}{1 + v // 21 % 14:02}{2001 + v // (21 * 14):04}" for v in range(size.villages)]
    people: list[dict[str, object]] = []
    for village, count in enumerate(counts):
        home = rng.choice(len(words.clans), 8, replace=False)
        weights = 1 / np.arange(1, 9)
        left = int(count)
        while left > 0:
            family = min(left, int(rng.choice([1, 1, 1, 1, 2, 2, 3])))
            at_home = rng.random() < 0.8
            clan = words.clans[rng.choice(home, p=weights / weights.sum()) if at_home else rng.integers(len(words.clans))]
            shared = _phone(rng) if family > 1 and rng.random() < 0.5 else None
            people += [_person(rng, words=words, clan=clan, village=codes[village], phone=shared, number=len(people) + i) for i in range(family)]
            left -= family
    rng.shuffle(people)  # type: ignore[arg-type]  # a list is shuffled in place
    return people


def _person(rng: np.random.Generator, *, words: Words, clan: str, village: str, phone: str | None, number: int) -> dict[str, object]:
    woman = bool(rng.random() < 0.55)
    pool = words.women if woman else words.men
    rank = 1 / (np.arange(len(pool)) + 5)
    first, second = rng.choice(len(pool), 2, replace=False, p=rank / rank.sum())
    born = int(rng.integers(1950, 2004))
    day = int(rng.integers(1, 29)) + 40 * woman
    nik = f"{village[:4]}{rng.integers(1, 15):02}{day:02}{rng.integers(1, 13):02}{born % 100:02}{rng.integers(1, 30):04}"
    return {
        "owner": number,
        "woman": woman,
        "given": pool[first],
        "middle": pool[second] if rng.random() < 0.55 else None,
        "clan": clan,
        "born": born,
        "nik": nik,
        "phone": phone or (_phone(rng) if rng.random() < 0.85 else None),
        "village": village,
    }


def _phone(rng: np.random.Generator) -> str:
    return f"08{rng.integers(11, 60)}0000{rng.integers(0, 10_000_000):07}"[:12 + int(rng.integers(0, 2))]


def _enterprise(rng: np.random.Generator, *, words: Words, person: dict[str, object], joint: bool = False) -> dict[str, object]:
    trade = int(rng.choice(len(TRADES), p=_TRADE_SHARES))
    kbli, boards, _ = TRADES[trade]
    craft, mark = boards[rng.integers(len(boards))], MARKS[rng.integers(3)]
    virtue = words.virtues[rng.integers(len(words.virtues))]
    if joint:
        board = f"{('Kelompok', 'KUB', 'Kelompok Usaha', 'Poktan')[rng.integers(4)]} {craft} {mark} {virtue}"
    else:
        board = (
            f"{craft} {'Mama' if person['woman'] else 'Bapa'} {mark} {person['clan']}",
            f"UD {mark} {virtue}",
            f"{craft} {mark} {virtue}",
            f"{craft} {person['given']} {mark}",
        )[rng.integers(4)]
    nib = f"99{rng.integers(0, 10**11):011}" if rng.random() < 0.3 else None
    return {**person, "trade": trade, "board": board, "kbli": kbli, "nib": nib, "joint": joint}


_TRADE_SHARES = np.array([28, 10, 8, 12, 5, 8, 6, 6, 5, 4, 5, 3]) / 100
