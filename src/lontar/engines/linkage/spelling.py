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


def heard(texts: pl.Series) -> pl.Series:
    """The words of plain texts (parted by spaces) as they sound, figures as they are: a list per row, empty where null.

    Every word is heard once, however many rows carry it.
    """
    words = texts.str.split(" ")
    once = words.explode(empty_as_null=True).drop_nulls().unique().to_frame("word")
    figures = pl.col("word").str.contains(r"^[0-9]+$")
    once = once.with_columns(sound=pl.when(figures).then("word").otherwise(sound(pl.col("word"))))
    told = pl.element().replace_strict(once["word"], once["sound"], default="", return_dtype=pl.String)
    spoken = words.list.eval(told).list.eval(pl.element().filter(pl.element() != ""))
    return spoken.fill_null([])


def letters(text: pl.Expr) -> pl.Expr:
    """Lower case without accents: what every normaliser begins with. Punctuation stays."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
