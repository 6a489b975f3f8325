"""Two lists of one world, written by two clerks, with the truth beside them: which rows are the same enterprise, what
happened to each."""

from dataclasses import dataclass, replace

import polars as pl

from bench.lists import noises
from bench.lists.dice import Dice
from bench.lists.mixes import Mix
from bench.lists.names import TRADES, Words
from bench.lists.worlds import Enterprise, Size, world

SCHEMA = {
    name: pl.String
    for name in "id owner_name business_name village_code phone nib nik birth_year kbli sex".split()
}  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """`left` and `right` under the columns of a list; `truth`: `left_id right_id kinds` of the same enterprises."""

    left: pl.DataFrame
    right: pl.DataFrame
    truth: pl.DataFrame


@dataclass(frozen=True)
class Plan:
    """Shares of the world: in both lists, in the left alone, in the right alone; the rest is in neither."""

    both: float = 0.55
    left: float = 0.3
    right: float = 0.12


def draw(words: Words, *, mixes: tuple[Mix, Mix], size: Size, seed: int, plan: Plan | None = None) -> Lists:
    """Draw a world of `size` from `words` and write it down twice, by the left and by the right mix."""
    plan = plan or Plan()
    rows = world(words, size=size, seed=seed)
    dice = Dice(seed + 7)
    left: list[tuple[Enterprise, dict[str, str | None], set[str]]] = []
    right: list[tuple[Enterprise, dict[str, str | None], set[str]]] = []
    for at, row in enumerate(rows):
        fate = dice.roll()
        near = rows[max(at - 1, 0)]
        if fate < plan.both + plan.left:
            left.append((row, *_written(row, near=near, mix=mixes[0], words=words, dice=dice)))
        if fate < plan.both or plan.both + plan.left <= fate < plan.both + plan.left + plan.right:
            right.append((row, *_written(row, near=near, mix=mixes[1], words=words, dice=dice)))
    for side in (left, right):
        side.sort(key=lambda _entry: dice.roll())
    ids = {entry[0].number: f"K{number:06}" for number, entry in enumerate(left, start=1)}
    of_left = {entry[0].number: entry[2] for entry in left}
    truth = [
        {"left_id": ids[row.number], "right_id": f"B{number:06}", "kinds": sorted(of_left[row.number] | kinds)}
        for number, (row, _, kinds) in enumerate(right, start=1)
        if row.number in ids
    ]
    return Lists(
        left=_framed(left, mark="K"),
        right=_framed(right, mark="B"),
        truth=pl.DataFrame(truth, schema={"left_id": pl.String, "right_id": pl.String, "kinds": pl.List(pl.String)}),
    )


def _framed(side: list[tuple[Enterprise, dict[str, str | None], set[str]]], *, mark: str) -> pl.DataFrame:
    rows = [{"id": f"{mark}{number:06}", **cells} for number, (_, cells, _) in enumerate(side, start=1)]
    return pl.DataFrame(rows, schema=SCHEMA)


class _Pen:
    """Decides what happens to one row and remembers it."""

    def __init__(self, mix: Mix, dice: Dice) -> None:
        self.mix, self.dice, self.kinds = mix, dice, set[str]()

    def does(self, kind: str) -> bool:
        happens = self.dice.chance(getattr(self.mix, kind))
        if happens:
            self.kinds.add(kind)
        return happens


def _written(
    row: Enterprise, *, near: Enterprise, mix: Mix, words: Words, dice: Dice
) -> tuple[dict[str, str | None], set[str]]:
    pen = _Pen(mix, dice)
    capitals = pen.does("capitals")
    name = _name(row, pen=pen, words=words)
    board = _board(row, pen=pen, words=words)
    cells = {
        "owner_name": name.upper() if capitals else name,
        "business_name": board.upper() if board and capitals else board,
        "village_code": _village(row, pen=pen),
        "phone": _phone(row, near=near, pen=pen),
        "nib": None if row.nib is None or pen.does("nib_missing") else _slipped(row.nib, pen=pen, kind="nib_slip"),
        "nik": _nik(row, near=near, pen=pen),
        "birth_year": None if pen.does("born_missing") else str(row.born + (_off(dice) if pen.does("born_off") else 0)),
        "kbli": _kbli(row, pen=pen),
        "sex": None if pen.does("sex_missing") else "LP"[row.woman != pen.does("sex_wrong")],
    }
    return cells, pen.kinds


def _off(dice: Dice) -> int:
    return dice.pick((-1, 1, -1, 1, -2, 2, -5, 5, 10))


def _name(row: Enterprise, *, pen: _Pen, words: Words) -> str:
    dice, second = pen.dice, pen.mix.second
    if pen.does("spouse"):
        row = replace(row, given=dice.pick(words.men if row.woman else words.women), middle=None, woman=not row.woman)
    habits = noises.SECOND_SPELLINGS if second else noises.FIRST_SPELLINGS
    given, middle, clan = row.given, row.middle, row.clan
    if pen.does("given_short"):
        given = (noises.second_short if second else noises.first_short)(given, dice)
    elif pen.does("given_spelling"):
        given = noises.respelt(given, dice, habits=habits)
    if middle and pen.does("middle_missing"):
        middle = None
    elif middle and pen.does("middle_initial"):
        middle = middle[0] + "."
    if pen.does("clan_spelling"):
        clan = noises.respelt(clan, dice, habits=habits)
    return _ordered(given, middle, clan, woman=row.woman, pen=pen)


def _ordered(given: str, middle: str | None, clan: str, *, woman: bool, pen: _Pen) -> str:
    dice = pen.dice
    parts = [given, *([middle] if middle else [])]
    if not (len("".join(parts)) > 5 and pen.does("clan_missing")):
        first = pen.does("clan_first")
        parts = (
            [clan + ("," if pen.mix.second and first and dice.chance(0.4) else ""), *parts] if first else [*parts, clan]
        )
    slips = noises.SECOND_SLIPS if pen.mix.second else noises.FIRST_SLIPS
    count = 2 if pen.does("two_slips") else int(pen.does("slip"))
    for _ in range(count):
        at = dice.below(len(parts))
        if len(parts[at]) > 3:
            parts[at] = dice.pick(slips)(parts[at], dice)
    text = ("" if pen.does("joined") else " ").join(parts)
    if pen.does("title"):
        text = f"{dice.pick(noises.WOMEN_TITLES if woman else noises.MEN_TITLES)} {text}"
    return text + (dice.pick(noises.DEGREES) if pen.does("degree") else "")


def _board(row: Enterprise, *, pen: _Pen, words: Words) -> str | None:
    dice = pen.dice
    if pen.does("board_missing"):
        return None
    mark = dice.pick(("Contoh", "Peraga"))
    if not row.joint and pen.does("board_reworded"):
        return f"{dice.pick(TRADES[row.trade][2])} {mark} {dice.pick((row.given, row.clan, ''))}".strip()
    if pen.does("board_changed"):
        return f"{dice.pick(('UD', 'Kios', 'IKM', 'Usaha'))} {mark} {dice.pick(words.virtues)}"
    text = row.board
    if dice.chance(0.15):
        text = text.removeprefix("UD ") if text.startswith("UD ") else f"{dice.pick(('UD.', 'Usaha', 'IKM'))} {text}"
    if pen.does("board_slip"):
        text = dice.pick(noises.SECOND_SLIPS if pen.mix.second else noises.FIRST_SLIPS)(text, dice)
    return text


def _village(row: Enterprise, *, pen: _Pen) -> str | None:
    if pen.does("village_missing"):
        return None
    code = row.village
    if pen.does("village_near"):
        code = code[:6] + f"{2001 + (int(code[6:]) - 2000 + pen.dice.between(0, 8)) % 11:04}"
    elif pen.does("village_far"):
        code = f"{code[:4]}{pen.dice.between(1, 14):02}{pen.dice.between(2001, 2011):04}"
    return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:]}" if pen.dice.chance(0.5) else code


def _phone(row: Enterprise, *, near: Enterprise, pen: _Pen) -> str | None:
    number = row.phone
    if number is None or pen.does("phone_missing"):
        return None
    if pen.does("phone_family"):
        number = near.phone or number
    elif pen.does("phone_changed"):
        number = f"0877{pen.dice.below(10**8):08}"
    return noises.formatted(_slipped(number, pen=pen, kind="phone_slip"), pen.dice)


def _nik(row: Enterprise, *, near: Enterprise, pen: _Pen) -> str | None:
    if pen.does("nik_missing"):
        return None
    if pen.does("nik_spouse"):
        return near.nik
    if pen.does("nik_rounded"):
        return noises.rounded(row.nik, pen.dice)
    return _slipped(row.nik, pen=pen, kind="nik_slip")


def _slipped(number: str, *, pen: _Pen, kind: str) -> str:
    if not pen.does(kind):
        return number
    return pen.dice.pick((noises.digit_slip, noises.digit_swap))(number, pen.dice)


def _kbli(row: Enterprise, *, pen: _Pen) -> str | None:
    if pen.does("kbli_missing"):
        return None
    if pen.does("kbli_other"):
        return pen.dice.pick(
            (row.kbli[:2] + str(pen.dice.between(100, 999)), row.kbli[:4] + "9", pen.dice.pick(TRADES)[0])
        )
    return row.kbli
