"""How a word sounds: one spelling for the many in which clerks of the province write the same name.

Old and new orthography (*Djohanes*, *Soeharto*), Portuguese, Dutch and Latin forms (*Xaverius*, *Philipus*,
*Theresia*), and letters that Indonesian does not tell apart in names (f, v and p; j and y at the head of a name)
fall together. Two names that sound alike are not yet the same name: that is weighed later by how rare they are and
what else agrees.
"""

from typing import Final

import polars as pl

from lontar.engines.linkage.wording import Worded, changed

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
    (r"([aeiou])h([^aeiou])", "${1}${2}"),
    (r"([^aeiou])h", "${1}"),
    (r"([a-z]{3}[aeiou])h$", "${1}"),  # not of short forms: Yoh. keeps what Yohanes has
)
_DOUBLES: Final = tuple((letter * 2, letter) for letter in "abdefghiklmnoprstuwy")


def sound(word: pl.Expr) -> pl.Expr:
    """The sound of lower-case words, one word per row; letters only. Empty where the word has no letter."""
    for pattern, becomes in _RULES:
        word = word.str.replace_all(pattern, becomes)
    for double, single in _DOUBLES:
        word = word.str.replace_all(double + "+", single)
    return word


def heard(words: Worded) -> Worded:
    """The words as they sound, figures as they are; every word is heard once, however many rows carry it."""

    def spoken(vocabulary: pl.Series) -> pl.Series:
        word = pl.col("word")
        told = pl.when(word.str.contains(r"^[0-9]+$")).then(word).otherwise(sound(word))
        return vocabulary.to_frame("word").select(told.fill_null("")).to_series()

    return words.spelt(spoken)


def letters(texts: pl.Series) -> pl.Series:
    """Lower case without accents: what every normaliser begins with. Punctuation stays."""
    plain = changed(
        texts, where=r"[^\x00-\x7F]", by=lambda text: text.str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    )
    return plain.str.to_lowercase()
