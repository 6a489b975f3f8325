"""How often each noise happens: one mix per list. Mixes that measure are fixed here; training draws a new one for
every world."""

from dataclasses import dataclass, fields

from bench.lists.dice import Dice


@dataclass(frozen=True)
class Mix:
    """Rates of one clerk's noises, each a share of the rows that can show it; `second` marks noises that training never sees."""

    title: float = 0.08
    degree: float = 0.04
    capitals: float = 0.3
    clan_first: float = 0.06
    clan_missing: float = 0.05
    given_short: float = 0.12
    given_spelling: float = 0.1
    clan_spelling: float = 0.08
    middle_missing: float = 0.3
    middle_initial: float = 0.2
    slip: float = 0.08
    two_slips: float = 0.02
    joined: float = 0.01
    spouse: float = 0.02
    board_missing: float = 0.12
    board_reworded: float = 0.15
    board_changed: float = 0.05
    board_slip: float = 0.06
    phone_missing: float = 0.35
    phone_family: float = 0.06
    phone_changed: float = 0.1
    phone_slip: float = 0.02
    nik_missing: float = 0.55
    nik_slip: float = 0.03
    nik_rounded: float = 0.01
    nik_spouse: float = 0.01
    nib_missing: float = 0.6
    nib_slip: float = 0.01
    village_missing: float = 0.02
    village_near: float = 0.06
    village_far: float = 0.015
    born_missing: float = 0.35
    born_off: float = 0.1
    kbli_missing: float = 0.25
    kbli_other: float = 0.12
    sex_missing: float = 0.2
    sex_wrong: float = 0.01
    second: bool = False


def training_mix(dice: Dice) -> Mix:
    """A mix drawn for training: every rate up to twice its usual value, and now and then a column that is wholly blank."""
    drawn: dict[str, float] = {}
    for field in fields(Mix):
        if field.name != "second":
            usual = float(str(field.default))
            drawn[field.name] = min(usual * (0.2 + 2.0 * dice.roll()), 0.95)
    for column in ("phone", "nik", "nib", "born", "kbli", "sex", "board"):
        if dice.chance(0.12):
            drawn[f"{column}_missing"] = 1.0
    return Mix(**drawn)


#: Mixes that measure: name → left and right clerk.
HELD_OUT: dict[str, tuple[Mix, Mix]] = {
    "mild": (
        Mix(second=True, nik_missing=0.25, phone_missing=0.2, born_missing=0.15, kbli_missing=0.1, spouse=0.0, board_changed=0.02),
        Mix(second=True, nik_missing=0.4, phone_missing=0.25, born_missing=0.2, kbli_missing=0.15, kbli_other=0.06, board_changed=0.02,
            board_reworded=0.08, phone_changed=0.05),
    ),
    "usual": (Mix(second=True), Mix(second=True, given_short=0.16, slip=0.12, nik_missing=0.6)),
    "names": (
        Mix(second=True, nik_missing=0.75, phone_missing=0.5),
        Mix(second=True, nik_missing=0.75, phone_missing=0.5, slip=0.2, two_slips=0.08, given_short=0.25, clan_first=0.15, clan_missing=0.1,
            clan_spelling=0.15, given_spelling=0.2, joined=0.03),
    ),
    "numbers": (
        Mix(second=True, phone_family=0.12, nik_slip=0.08),
        Mix(second=True, phone_family=0.15, phone_changed=0.2, nik_slip=0.1, nik_spouse=0.04, spouse=0.05),
    ),
    "places": (Mix(second=True, village_missing=0.05), Mix(second=True, village_missing=0.08, village_near=0.18, village_far=0.06)),
    "boards": (
        Mix(second=True, board_missing=0.2),
        Mix(second=True, board_missing=0.25, board_reworded=0.35, board_changed=0.12, kbli_other=0.25, kbli_missing=0.4),
    ),
    "bare": (
        Mix(second=True, nik_missing=1.0, nib_missing=0.9, phone_missing=0.5, born_missing=0.5),
        Mix(second=True, nik_missing=0.9, nib_missing=0.95, phone_missing=0.6, born_missing=1.0, sex_missing=0.5),
    ),
}  # fmt: skip
