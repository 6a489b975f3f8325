"""The commodity catalogue: what the villages of the province grow, catch, gather and make.

Codes of classifications (KBLI 2020, HS-6, Nice) and harvest months are start values: they follow the domain rules, which
mark nearly all of them as background knowledge, and the agency in charge is to confirm each before it is used for
anything but a demonstration. `basis` says where a row's calendar or code comes from: `S` a public source, `BK` background
knowledge.
"""

from dataclasses import dataclass
from typing import Final

#: Notice that travels with the catalogue.
NOTICE: Final = "Nilai awal, belum dikonfirmasi dinas terkait"
ALL_YEAR: Final = tuple(range(1, 13))
MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(frozen=True, slots=True)
class Commodity:
    """One commodity: months are 1-12; `hs6` has no dot; `nice` lists classes; `unit` is the unit of production."""

    code: str
    name: str
    english: str
    category: str
    unit: str
    months: tuple[int, ...]
    kbli: str
    hs6: str
    nice: tuple[int, ...]
    basis: str
    notice: str = NOTICE


def _months(text: str) -> tuple[int, ...]:
    """`5-9 11` is May to September and November; `*` the whole year."""
    if text == "*":
        return ALL_YEAR
    spans = [(*part.split("-"), part)[:2] for part in text.split()]
    return tuple(month for first, last in spans for month in range(int(first), int(last) + 1))


# code | Indonesian | English | category | unit | months | KBLI 2020 | HS-6 | Nice | basis
_ROWS: Final = """
kopi-arabika|Kopi arabika|Arabica coffee|perkebunan|ton|5-9|10761|090121|30|S
kopi-robusta|Kopi robusta|Robusta coffee|perkebunan|ton|6-9|10761|090121|30|S
kakao|Kakao|Cocoa|perkebunan|ton|5-8 10-12|10731|180100|30|BK
cengkeh|Cengkeh|Clove|perkebunan|ton|8-10|10772|090710|30|S
mete|Jambu mete|Cashew|perkebunan|ton|7-11|10393|080132|29|S
kemiri|Kemiri|Candlenut|perkebunan|ton|6-12|10415|080299|29,3|S
kenari|Kenari|Canarium nut|perkebunan|ton|5-8|10393|080299|29|BK
kelapa|Kelapa|Coconut|perkebunan|ton|*|10422|151319|29|BK
vanili|Vanili|Vanilla|perkebunan|ton|5-8|10772|090510|30|BK
pinang|Pinang|Areca nut|perkebunan|ton|4-9|10399|080280|31|BK
asam|Asam|Tamarind|kehutanan|ton|6-12|10399|081340|29,30|S
madu|Madu hutan|Forest honey|kehutanan|liter|3-4 9-12|10799|040900|30|BK
bambu|Bambu|Bamboo|kehutanan|ton|*|16291|460211|20,21|BK
jagung|Jagung|Maize|pangan|ton|3-5|10794|190410|29,30|BK
padi|Padi|Rice|pangan|ton|4-6|10631|100630|30|BK
sorgum|Sorgum|Sorghum|pangan|ton|5-7|10611|100790|30,31|BK
kacang-hijau|Kacang hijau|Mung bean|pangan|ton|3-6|10793|071331|29,31|BK
kacang-tanah|Kacang tanah|Groundnut|pangan|ton|4-6|10793|120242|29|BK
ubi-kayu|Ubi kayu|Cassava|pangan|ton|6-10|10794|071410|29,30|BK
pisang|Pisang|Banana|hortikultura|ton|*|10794|080390|29,31|BK
jeruk-soe|Jeruk keprok SoE|SoE mandarin|hortikultura|ton|6-8|10330|080521|31|BK
nanas|Nanas|Pineapple|hortikultura|ton|11-12|10399|200799|29|BK
kelor|Kelor|Moringa|hortikultura|ton|*|10762|121190|5,30|BK
lontar|Nira lontar|Lontar palm sugar|perkebunan|ton|4-11|10722|170290|30|BK
garam|Garam|Salt|kelautan|ton|6-11|10774|250100|30|BK
rumput-laut|Rumput laut|Seaweed|kelautan|ton|4-11|10298|121221|29,31|BK
ikan|Ikan tangkap|Capture fish|kelautan|ton|*|10211|030559|29|BK
teri|Ikan teri|Anchovy|kelautan|ton|4-10|10211|030559|29|S
udang|Udang|Shrimp|kelautan|ton|*|10293|030617|29,31|BK
sapi|Sapi|Cattle|peternakan|ekor|*|10130|160250|29|BK
babi|Babi|Pig|peternakan|ekor|*|10130|160249|29|BK
tenun-ikat|Tenun ikat|Ikat weaving|kerajinan|lembar|3-10|13122|621490|24,25|BK
tenun-songket|Tenun songke dan songket|Songket weaving|kerajinan|lembar|3-10|13121|621490|24,25|BK
anyaman-daun|Anyaman lontar dan pandan|Leaf plaiting|kerajinan|buah|*|16292|460219|20,21|BK
anyaman-bambu|Anyaman bambu dan rotan|Bamboo plaiting|kerajinan|buah|*|16291|460211|20,21|BK
gerabah|Gerabah|Pottery|kerajinan|buah|5-11|23932|691200|21|BK
sasando|Sasando|Sasando (lontar harp)|kerajinan|buah|*|32201|920290|15|BK
ukiran|Ukiran kayu dan batu|Carving|kerajinan|buah|*|16293|442019|20|BK
moke|Moke dan sopi|Palm spirit|minuman|liter|*|11010|220890|33|BK
kue|Roti dan kue|Bread and cakes|pangan olahan|kg|*|10710|190590|30|BK
tempe-tahu|Tempe dan tahu|Tempe and tofu|pangan olahan|kg|*|10391|210690|29|BK
mebel|Mebel kayu|Wooden furniture|industri lain|buah|*|31001|940360|20|BK
bahan-bangunan|Batu bata dan batako|Bricks and blocks|industri lain|buah|5-11|23921|690410|19|BK
pakaian|Pakaian jahitan|Tailored clothes|industri lain|potong|*|14120|621790|25|BK
pandai-besi|Parang dan alat tani|Smithed tools|industri lain|buah|*|25931|820190|8|BK
"""


def _commodity(row: str) -> Commodity:
    code, name, english, category, unit, months, kbli, hs6, nice, basis = row.split("|")
    return Commodity(
        code=code,
        name=name,
        english=english,
        category=category,
        unit=unit,
        months=_months(months),
        kbli=kbli,
        hs6=hs6,
        nice=tuple(int(number) for number in nice.split(",")),
        basis=basis,
    )


_CATALOGUE: Final[tuple[Commodity, ...]] = tuple(_commodity(row) for row in _ROWS.strip().splitlines())


def commodities() -> tuple[Commodity, ...]:
    """The whole catalogue in a fixed order; codes are unique slugs."""
    return _CATALOGUE


def month_names(months: tuple[int, ...]) -> str:
    """The months as a workbook states them: names with commas between, or `Sepanjang tahun`."""
    return "Sepanjang tahun" if len(months) == 12 else ", ".join(MONTHS[month - 1] for month in months)
