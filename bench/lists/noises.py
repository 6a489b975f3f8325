"""What clerks make of a name, a board or a number: each noise a function of a text and the dice, for training and for
measuring.

Measuring uses `SECOND_SLIPS`, `SECOND_SPELLINGS` and `SECOND_SHORT`, which training never sees.
"""

from collections.abc import Callable

from bench.lists.dice import Dice

Noise = Callable[[str, Dice], str]


def _inside(text: str, dice: Dice) -> int:
    return dice.between(1, max(len(text) - 2, 1))


def drop(text: str, dice: Dice) -> str:
    """A letter lost."""
    at = _inside(text, dice)
    return text[:at] + text[at + 1 :]


def double(text: str, dice: Dice) -> str:
    """A letter twice."""
    at = _inside(text, dice)
    return text[:at] + text[at : at + 1] + text[at:]


def swap(text: str, dice: Dice) -> str:
    """Two neighbours exchanged."""
    at = _inside(text, dice)
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def beside(text: str, dice: Dice) -> str:
    """A key hit beside the right one."""
    at = _inside(text, dice)
    letter = text[at : at + 1].lower()
    for row in _ROWS:
        if letter and letter in row:
            place = row.index(letter)
            return text[:at] + row[place - 1 if place else 1] + text[at + 1 :]
    return text


def seen(text: str, dice: Dice) -> str:
    """A letter read wrongly off a scanned form."""
    looks = {
        "l": "1",
        "o": "0",
        "i": "l",
        "n": "h",
        "m": "rn",
        "e": "c",
        "u": "v",
        "a": "o",
        "h": "b",
        "rn": "m",
        "s": "5",
    }
    spots = [(at, letter) for at, letter in enumerate(text.lower()) if letter in looks and at]
    if not spots:
        return text
    at, letter = dice.pick(spots)
    return text[:at] + looks[letter] + text[at + 1 :]


def stray(text: str, dice: Dice) -> str:
    """A vowel that slipped in or changed."""
    spots = [at for at, letter in enumerate(text) if letter in "aeiou" and at]
    if not spots:
        return text + dice.pick("aei")
    at = dice.pick(spots)
    return text[:at] + dice.pick("aeiou") + text[at + 1 :]


FIRST_SLIPS: tuple[Noise, ...] = (drop, double, swap, beside)
SECOND_SLIPS: tuple[Noise, ...] = (drop, swap, seen, stray, beside)


def respelt(text: str, dice: Dice, *, habits: tuple[tuple[str, str], ...]) -> str:
    """One or two habits of spelling applied where they fit."""
    low = text.lower()
    fitting = [habit for habit in habits if habit[0] in low]
    for _ in range(2 if dice.chance(0.3) else 1):
        if fitting:
            old, new = dice.pick(fitting)
            low = low.replace(old, new, 1)
    return low.capitalize()


FIRST_SPELLINGS = (
    ("y", "j"), ("us", "is"), ("ph", "f"), ("th", "t"), ("k", "c"), ("f", "v"), ("s", "z"), ("i", "y"), ("el", "ell"), ("an", "ann"),
    ("us", "es"), ("ia", "iya"), ("u", "oe"),
)  # fmt: skip
SECOND_SPELLINGS = (
    ("us", "os"), ("d", "dh"), ("t", "th"), ("f", "p"), ("v", "f"), ("ks", "x"), ("i", "ie"), ("a", "ah"), ("m", "mm"), ("s", "sz"),
    ("l", "ll"), ("na", "nna"), ("e", "i"), ("y", "i"), ("j", "dj"), ("us", ""), ("is", "es"),
)  # fmt: skip


def first_short(text: str, dice: Dice) -> str:
    """Three or four letters and a full stop, or the initial."""
    return text[0] + "." if dice.chance(0.15) else text[: dice.between(3, 4)] + dice.pick((".", "", "."))


def second_short(text: str, dice: Dice) -> str:
    """Consonants only, a head of two to five letters, or a tail that friends call."""
    way = dice.below(4)
    if way == 0:
        bones = text[0] + "".join(letter for letter in text[1:] if letter not in "aeiou")
        return bones[: dice.between(3, 4)] + dice.pick((".", ""))
    if way == 3 and len(text) > 7 and dice.chance(0.4):
        return text[-4:].capitalize()
    return text[: dice.between(2, 5)] + dice.pick((".", "."))


MEN_TITLES = ("Bpk.", "Bapak", "Sdr.", "Drs.", "H.", "Pak", "Tn.", "Bpk")
WOMEN_TITLES = ("Ibu", "Ny.", "Mama", "Sdri.", "Hj.", "Nn.", "Ibu")
DEGREES = (", S.Pd", ", SE", " S.Sos", ", S.Pt.", ", A.Md", ", S.H.", " SP", ", S.Kom", ", Amd.Keb")


def digit_slip(number: str, dice: Dice) -> str:
    """One digit wrong."""
    at = dice.between(4, len(number) - 1)
    return number[:at] + str((int(number[at]) + dice.between(1, 9)) % 10) + number[at + 1 :]


def digit_swap(number: str, dice: Dice) -> str:
    """Two neighbouring digits exchanged."""
    at = dice.between(4, len(number) - 2)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def rounded(number: str, dice: Dice) -> str:
    """The last digits lost to a spreadsheet."""
    return number[:15] + "0"


def formatted(phone: str, dice: Dice) -> str:
    """A telephone number as one of many people writes it."""
    way = dice.below(8)
    if way == 0:
        return "+62" + phone[1:]
    if way == 1:
        return "62 " + phone[1:4] + "-" + phone[4:8] + "-" + phone[8:]
    if way == 2:
        return phone[1:]
    if way == 3:
        return phone[:4] + " " + phone[4:8] + " " + phone[8:]
    return phone
