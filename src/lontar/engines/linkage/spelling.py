"""How a word sounds: one spelling for the many in which clerks of the province write the same name.

Old and new orthography (*Djohanes*, *Soeharto*), Portuguese, Dutch and Latin forms (*Xaverius*, *Philipus*,
*Theresia*), and letters that Indonesian does not tell apart in names (f, v and p; j and y at the head of a name)
fall together. Two names that sound alike are not yet the same name: that is weighed later by how rare they are and
what else agrees.
"""

from typing import Final

import polars as pl

#: Ordered: each rule sees what the rules before it left.
_RULES: Final = (
    (r"[^a-z]", ""),
    (r"oe", "u"),
    (r"dj", "j"),
    (r"tj", "c"),
    (r"sj|sy|sh", "s"),
    (r"ph|[vf]", "p"),
    (r"x", "ks"),
    (r"q", "k"),
    (r"ch|kh", "k"),
    (r"c([eiy])", "s${1}"),
    (r"c", "k"),
    (r"z", "s"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"gh", "g"),
    (r"bh", "b"),
    (r"j", "y"),
    (r"ie|ij|iy|yi", "i"),
    (r"ou", "u"),
    (r"([^aeiou])y([^aeiou]|$)", "${1}i${2}"),
    (r"([aeiou])h([^aeiou]|$)", "${1}${2}"),
    (r"([^aeiou])h", "${1}"),
)
_DOUBLES: Final = tuple((letter * 2, letter) for letter in "abdefghiklmnoprstuwy")


def sound(word: pl.Expr) -> pl.Expr:
    """The sound of lower-case words, one word per row; letters only. Empty where the word has no letter."""
    for pattern, becomes in _RULES:
        word = word.str.replace_all(pattern, becomes)
    for double, single in _DOUBLES:
        word = word.str.replace_all(double + "+", single)
    return word


def sounds(words: pl.Series) -> pl.Series:
    """The sound of each word of a column; see `sound`."""
    return words.to_frame("word").select(sound(pl.col("word"))).to_series()


def letters(text: pl.Expr) -> pl.Expr:
    """Lower case without accents: what every normaliser begins with. Punctuation stays."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
