"""Names of people who do not exist, made so that a reader of a table sees it.

A name is one or two given names and a clan name. Given names are common ones and say nothing about anybody. Clan
names are put together from syllables and every one of them carries the letter **q** in its middle (*Naqolu*,
*Woqetan*): no family of the province is written so. Businesses and places of business carry one of the words *Contoh*,
*Peraga* or *Rekaan* besides (see `signboards`).
"""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import polars as pl

from lontar.engines.demo.draws import Bools, Ints, happens, picks, words
from lontar.engines.demo.land import Land
from lontar.engines.demo.official import REGENCIES


@dataclass(frozen=True, slots=True)
class Given:
    """A given name with the way a clerk shortens it and, where there is one, its other spelling."""

    name: str
    short: str
    variant: str | None


def _given(text: str) -> tuple[Given, ...]:
    """Entries `Name/Short/Variant`; without a short form the first three letters and a full stop serve."""
    made = []
    for entry in text.split():
        name, short, variant = (*entry.split("/"), "", "")[:3]
        made.append(Given(name=name, short=short or name[:3] + ".", variant=variant or None))
    return tuple(made)


MEN: Final = _given(
    "Yohanes//Yohanis Petrus//Petros Paulus/Pls./Paulos Yosef//Yosep Antonius/Anton/Antonis Fransiskus/Frans/Fransiscus "
    "Dominikus/Domi/Dominicus Markus//Marcus Lukas//Lucas Matius/Mat./Mateus Stefanus/Stef./Stevanus Andreas/Andr./Andrias "
    "Thomas//Tomas Benediktus/Ben./Benedictus Agustinus/Agus/Augustinus Aloysius/Alo./Aloisius Ignasius/Igna./Ignatius "
    "Kornelius/Kor./Cornelis Simon//Simeon Daniel//Danial Gabriel/Gab./Gabrial Rafael/Raf./Raphael Mikael//Mikhael "
    "Yakobus/Yak./Yacobus Filipus/Fil./Philipus Bernadus/Ber./Bernardus Blasius/Blas./Blasis Laurensius/Laur./Laurentius "
    "Martinus//Marthinus Nikolaus/Niko/Nicolaus Oktovianus/Okto/Oktavianus Robertus/Rob./Robert Sebastianus/Sebas/Sebastian "
    "Silvester/Sil./Sylvester Timotius/Tim./Timoteus Vinsensius/Vins./Vincensius Yeremias/Yer./Jeremias Yulius/Yul./Julius "
    "Zakarias/Zak./Zakharias Hendrikus/Hen./Hendricus Gregorius/Greg./Gregoris Elias//Eliaz Fabianus/Fab./Fabian Isak//Ishak "
    "Kristoforus/Kris./Christoforus Melkior/Mel./Melchior Abraham/Abr./Abram Yoakim/Yoa./Yohakim Leonardus/Leo/Leonard "
    "Wilhelmus/Wil./Wilhemus"
)
WOMEN: Final = _given(
    "Maria/M./Mariah Yuliana/Yul./Juliana Margaretha/Marg./Margareta Theresia/Ther./Teresia "
    "Elisabeth/Elis./Elisabet Anastasia/Anas./Anastacia Katarina/Kat./Catarina Agustina//Augustina "
    "Bernadeta/Ber./Bernadetha Cecilia/Cec./Sesilia Dorothea/Dor./Dorotea Emiliana/Emi./Emeliana "
    "Fransiska/Frans./Fransisca Getrudis/Get./Gertrudis Helena/Hel./Elena Imelda//Emelda Kristina/Kris./Christina "
    "Lusia//Lucia Magdalena/Mag./Magdalene Martha//Marta Monika//Monica Natalia//Nathalia "
    "Oktaviana/Okta./Octaviana Paulina//Pauline Petronela/Pet./Petronella Regina//Rezina Rosalia/Ros./Rosalina "
    "Stefania/Stef./Stevania Veronika/Ver./Veronica Wilhelmina/Wil./Wilhemina Yohana//Johana "
    "Yosefina/Yos./Yosevina Yustina//Justina Agnes/Agn./Agnez Albertina/Alb./Albertine Antonia/Ant./Anthonia "
    "Apolonia/Apo./Apollonia Benedikta/Ben./Benedicta Brigita/Bri./Brigitha Elfrida/Elf./Elfrieda "
    "Filomena/Fil./Philomena Florentina/Flo./Florensina Hermina/Her./Hermine Klara//Clara Modesta/Mod./Modista "
    "Ursula/Urs./Ursulla Marselina/Mars./Marcelina Adriana/Adr./Adriane Yasinta/Yas./Yacinta "
    "Serafina/Ser./Seravina"
)
MEN_OF_ISLAM: Final = _given(
    "Abdul/Abd./Abdoel Ahmad//Achmad Ibrahim/Ibr./Ibrahem Ismail/Ism./Ismael Yusuf//Jusuf Usman//Osman Hasan//Hassan "
    "Muhamad/Muh./Mohamad Idris//Idries Sulaiman/Sul./Soleman"
)
WOMEN_OF_ISLAM: Final = _given(
    "Siti/St./Sitti Aminah//Amina Fatima/Fat./Fatimah Halimah/Hal./Halima Nurhayati/Nur./Nurhayaty Rahma//Rahmah "
    "Zainab/Zai./Jainab Salma//Salmah Hadija/Had./Hadijah Maryam/Mar./Mariam"
)
ALL_GIVEN: Final[tuple[Given, ...]] = MEN + WOMEN + MEN_OF_ISLAM + WOMEN_OF_ISLAM
_POOLS: Final = (MEN, WOMEN, MEN_OF_ISLAM, WOMEN_OF_ISLAM)

_SYLLABLES: Final[dict[str, tuple[str, str]]] = {
    "timor": ("Na Ta Ba Fa Ne Te Le Ma Sa Ka Bo No", "nis ben fu lak nat bes tas nek fi mau"),
    "flores": ("Wo La Ge Ra Do Wa Ko Be So Ngo Da Pa", "lan ra tu ga wea da rang ja ka tan"),
    "sumba": ("Ra Nda Wu Mba Ka Lo Ha Tu Pe Ya Li Wai", "mbu ra nga di pati wolu bili tana kodu lara"),
    "alor": ("Ma La Ka Sa Ba Fa Lo Mo Ta Pi Ki A", "lei fani kari mang beka lau pen sali tong mai"),
    "rote": ("Fo Me Na Ndao Pe La Sa Mo Ba Dai Te Lo", "lik nda es fina lae dale mok sina bura lolo"),
    "sabu": ("Ra Lo Ke Do Ba He Wa Mo Dju Li Ga Hu", "di lai mata wila hawu bole radja tade huki lena"),
}
#: Clan names of each island group: 12 × 5 × 10 combinations.
CLANS: Final[dict[str, tuple[str, ...]]] = {
    area: tuple(a + "q" + b + c for a, b, c in product(heads.split(), "aoeiu", tails.split()))
    for area, (heads, tails) in _SYLLABLES.items()
}
_CLAN_SIZE: Final = 600
_CLAN_POOL: Final = tuple(clan for area in CLANS.values() for clan in area)
_HOME_CLANS: Final = 9
_MUSLIM_SHARE: Final = {"53.05": 0.25, "53.06": 0.16, "53.08": 0.26, "53.13": 0.24, "53.15": 0.2, "53.07": 0.1}


def people(rng: np.random.Generator, *, land: Land, at: Ints, women: Bools) -> pl.DataFrame:
    """Names of one person per row of `at` (positions of villages), with the sex that `women` says.

    Returns `given`, `middle` (null for some two in five), `clan` and `name`, all text. Clans cluster: nine at home in each
    village carry four fifths of its people, as in real villages, so that namesakes live next door.
    """
    size = len(at)
    pool = _pool(rng, at=at, land=land) + women
    given = _pick_given(rng, pool)
    middle = _pick_given(rng, pool)
    single = happens(rng, size, rate=0.42) | (given == middle)
    frame = pl.DataFrame(
        {
            "given": words([entry.name for entry in ALL_GIVEN], given),
            "middle": words([*(entry.name for entry in ALL_GIVEN), None], np.where(single, len(ALL_GIVEN), middle)),
            "clan": words(_CLAN_POOL, _clan(rng, land=land, at=at)),
        }
    )
    return frame.with_columns(name=pl.concat_str("given", "middle", "clan", separator=" ", ignore_nulls=True))


def _pool(rng: np.random.Generator, *, at: Ints, land: Land) -> Ints:
    share = np.array([_MUSLIM_SHARE.get(regency.code, 0.04) for regency in REGENCIES])
    return np.where(happens(rng, len(at), rate=share[land.regency[at]]), 2, 0).astype(np.int64)


def _pick_given(rng: np.random.Generator, pool: Ints) -> Ints:
    result = np.empty(len(pool), dtype=np.int64)
    start = 0
    for which, entries in enumerate(_POOLS):
        rows = np.flatnonzero(pool == which)
        weights = [1.0 / (place + 6) for place in range(len(entries))]
        result[rows] = start + picks(rng, len(rows), weights=weights)
        start += len(entries)
    return result


def _clan(rng: np.random.Generator, *, land: Land, at: Ints) -> Ints:
    areas = list(CLANS)
    start = np.array([areas.index(regency.area) * _CLAN_SIZE for regency in REGENCIES])[land.regency]
    # Homes hang on the village alone, not on the caller's stream: both agencies list the same clans in a village.
    seeds = land.frame["code"].str.replace_all(".", "", literal=True).cast(pl.Int64).to_numpy()
    spread = np.arange(1, _HOME_CLANS + 1)[None, :] * 7919
    home = start[:, None] + (seeds[:, None] * 104_729 + spread * (seeds[:, None] % 97 + 1)) % _CLAN_SIZE
    size = len(at)
    local = home[at, picks(rng, size, weights=[1.0 / place for place in range(1, _HOME_CLANS + 1)])]
    anywhere = start[at] + rng.integers(0, _CLAN_SIZE, size)
    return np.where(happens(rng, size, rate=0.8), local, anywhere).astype(np.int64)
