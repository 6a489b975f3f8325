"""What the invented enterprises do: trades, their shape in figures, and the words people use for them.

A sector ties a commodity and a KBLI 2020 code (start values, see `catalogue`) to the share of women among owners, to the
share with five workers and more, to turnover and to the texts of a workbook. Where a sector is found and how often is left
to `mix`. The figures are invented within plausible bounds; none of them is a statistic.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Sector:
    """A trade.

    `setting` is where it is found (any, coast, inland, town); `women`, `small` and `paid` are shares (women among owners,
    units of 5-19 workers, paid among the helpers); `turnover` is the median of a year in rupiah for one worker, `sigma`
    its spread on the log scale. `kinds` is how another agency names the trade, `crafts` how signboards begin.
    """

    key: str
    commodity: str
    kbli: str
    setting: str
    women: float
    small: float
    paid: float
    turnover: float
    sigma: float
    products: tuple[str, ...]
    crafts: tuple[str, ...]
    kinds: tuple[str, ...]


# key | commodity | KBLI | setting | women | small | paid | median turnover in million rupiah | sigma
# products ; …
# signboards ; … | names of the trade ; …
_INDUSTRY: Final = """
tenun|tenun-ikat|13122|any|.97|.010|.05|7.5|.75
Kain tenun ikat;Sarung tenun ikat;Selendang tenun ikat;Selimut tenun ikat;Syal tenun ikat
Tenun Ikat;Tenun;Rumah Tenun;Kelompok Tenun|Tenun ikat;Tenun;Penenun;Kerajinan tenun
songket|tenun-songket|13121|any|.97|.010|.05|8.5|.75
Kain songke;Sarung songket;Selendang songket;Kain buna
Songke;Tenun Songket;Tenun|Tenun songket;Tenun;Penenun
anyaman-daun|anyaman-daun|16292|any|.86|.006|.04|4.2|.7
Tikar pandan;Bakul lontar;Tas anyaman pandan;Topi anyaman lontar;Kipas anyaman
Anyaman;Kerajinan Anyaman;Pandan|Anyaman;Kerajinan;Anyam tikar
anyaman-bambu|anyaman-bambu|16291|inland|.45|.012|.08|6.0|.75
Bakul bambu;Nyiru bambu;Tempat tidur bambu;Keranjang rotan;Kursi bambu
Bambu;Anyaman Bambu;Kerajinan Bambu|Kerajinan bambu;Anyaman bambu;Kerajinan
kue|kue|10710|town|.88|.022|.15|16|.8
Roti manis;Kue basah;Kue cucur;Donat;Kue rambut
Kue;Roti;Aneka Kue;Dapur|Kuliner;Kue dan roti;Jajanan
keripik|ubi-kayu|10794|any|.84|.012|.10|9.5|.75
Keripik pisang;Keripik ubi kayu;Keripik ubi nuabosi;Keripik talas;Kerupuk jagung
Keripik;Aneka Keripik;Camilan|Keripik;Makanan ringan;Kuliner
jagung-titi|jagung|10794|any|.92|.006|.04|5.8|.65
Jagung titi;Jagung bose kering;Emping jagung
Jagung Titi;Olahan Jagung|Jagung titi;Makanan ringan;Olahan jagung
tempe-tahu|tempe-tahu|10391|town|.42|.060|.30|42|.7
Tempe;Tahu;Tempe dan tahu
Tempe;Tahu Tempe;Pabrik Tahu|Tahu tempe;Industri tempe;Industri makanan
kopi|kopi-arabika|10761|inland|.46|.022|.14|13|.9
Kopi arabika bubuk;Kopi arabika sangrai;Kopi arabika biji hijau
Kopi;Kopi Arabika;Rumah Kopi;UPH Kopi|Kopi;Pengolahan kopi;Kopi bubuk
kopi-robusta|kopi-robusta|10761|inland|.48|.016|.12|10|.85
Kopi robusta bubuk;Kopi robusta sangrai;Kopi tumbuk kampung
Kopi;Kopi Robusta;Kopi Tumbuk|Kopi;Kopi bubuk;Pengolahan kopi
kakao|kakao|10731|inland|.50|.024|.18|11|.85
Biji kakao fermentasi;Bubuk kakao;Cokelat batang
Kakao;Cokelat;Rumah Cokelat|Kakao;Olahan cokelat;Industri makanan
mete|mete|10393|any|.82|.022|.16|10|.8
Kacang mete kupas;Kacang mete goreng;Mete mentah
Mete;Kacang Mete;Olahan Mete|Mete;Olahan mete;Kacang mete
kemiri|kemiri|10415|inland|.62|.012|.10|7.2|.8
Kemiri kupas;Minyak kemiri;Kemiri gelondong
Kemiri;Minyak Kemiri|Kemiri;Minyak kemiri
kenari|kenari|10393|any|.80|.010|.08|6.8|.7
Kenari kupas;Kue kenari;Kenari asap
Kenari;Olahan Kenari|Kenari;Makanan ringan
vanili|vanili|10772|inland|.38|.016|.12|14|.9
Vanili kering;Bubuk vanili
Vanili;Rumah Vanili|Vanili;Rempah
cengkeh|cengkeh|10772|inland|.40|.010|.12|12|.85
Cengkeh kering;Minyak cengkeh
Cengkeh;Rempah|Cengkeh;Rempah
kopra|kelapa|10421|any|.28|.020|.25|9.5|.8
Kopra;Kopra putih
Kopra;Kelapa|Kopra;Kelapa
minyak-kelapa|kelapa|10422|any|.72|.014|.10|8.4|.75
Minyak kelapa murni;Minyak kelapa kampung;Minyak kelapa
Minyak Kelapa;VCO;Kelapa|Minyak kelapa;VCO;Olahan kelapa
asam|asam|10399|any|.74|.008|.08|5.2|.75
Asam kupas;Permen asam;Sirup asam
Asam;Olahan Asam|Olahan asam;Asam
pinang|pinang|10399|any|.72|.006|.06|4.8|.7
Pinang kering;Pinang iris
Pinang;Sirih Pinang|Pinang;Pinang kering
madu|madu|10799|inland|.30|.010|.08|8.8|.85
Madu hutan;Madu hutan saring;Madu kemasan
Madu;Madu Hutan|Madu;Madu hutan
kelor|kelor|10762|any|.80|.024|.16|9.8|.85
Teh kelor;Bubuk kelor;Kapsul kelor;Kerupuk kelor
Kelor;Moringa;Olahan Kelor|Kelor;Olahan kelor;Herbal
jeruk|jeruk-soe|10330|inland|.58|.012|.12|9.2|.8
Sari jeruk keprok;Sirup jeruk keprok;Selai jeruk keprok
Jeruk SoE;Olahan Jeruk|Olahan jeruk;Minuman
nanas|nanas|10399|any|.78|.012|.10|8.6|.75
Selai nanas;Dodol nanas;Keripik nanas
Nanas;Selai Nanas|Olahan nanas;Selai
gula-lontar|lontar|10722|any|.52|.010|.06|7.6|.75
Gula lempeng;Gula semut lontar;Gula air;Gula Sabu cair
Gula Lontar;Gula Semut;Gula Lempeng|Gula lontar;Gula merah;Penyadap lontar
garam|garam|10774|coast|.44|.030|.20|9.0|.85
Garam kasar;Garam halus beryodium;Garam masak
Garam;Tambak Garam|Garam;Petani garam
rumput-laut|rumput-laut|10298|coast|.46|.016|.12|12|.85
Rumput laut kering;Dodol rumput laut;Stik rumput laut
Rumput Laut;Olahan Rumput Laut|Rumput laut;Olahan rumput laut
ikan-kering|ikan|10211|coast|.60|.020|.15|11|.8
Ikan kering;Ikan asin;Ikan asap
Ikan Kering;Ikan Asin;Hasil Laut|Ikan kering;Pengolahan ikan
teri|teri|10211|coast|.62|.020|.15|12|.8
Ikan teri kering;Sambal teri
Teri;Hasil Laut|Ikan teri;Pengolahan ikan
abon-ikan|ikan|10219|coast|.86|.024|.16|12|.8
Abon ikan;Abon ikan tuna;Bakso ikan
Abon;Abon Ikan;Olahan Ikan|Abon ikan;Olahan ikan;Pengolahan ikan
sei|sapi|10130|town|.48|.060|.35|38|.8
Se'i sapi;Daging se'i asap;Dendeng sapi
Se'i;Rumah Se'i;Se'i Sapi|Se'i;Olahan daging
sei-babi|babi|10130|town|.50|.050|.32|36|.8
Se'i babi;Dendeng babi;Sosis babi
Se'i Babi;Se'i|Se'i babi;Olahan daging
padi|padi|10631|any|.10|.050|.35|30|.75
Beras;Jasa giling padi
Penggilingan Padi;Gilingan|Penggilingan padi;Gilingan
jagung-giling|jagung|10632|any|.12|.016|.20|15|.7
Jagung giling;Beras jagung
Penggilingan;Gilingan Jagung|Penggilingan jagung;Gilingan
sorgum|sorgum|10611|any|.66|.014|.12|7.8|.75
Beras sorgum;Tepung sorgum;Kue sorgum
Sorgum;Olahan Sorgum|Sorgum;Olahan sorgum
kacang|kacang-hijau|10793|any|.78|.010|.08|7.0|.7
Kacang hijau sosoh;Kacang telur;Kacang sangrai
Kacang;Olahan Kacang|Olahan kacang;Makanan ringan
moke|moke|11010|any|.34|.006|.05|9.0|.7
Moke;Sopi;Laru
Moke;Sopi|Moke;Minuman tradisional
gerabah|gerabah|23932|any|.88|.008|.05|4.6|.65
Periuk tanah;Pot bunga tanah liat;Tungku tanah
Gerabah;Periuk Tanah|Gerabah;Kerajinan
sasando|sasando|32201|any|.12|.020|.15|14|.8
Sasando;Sasando mini;Ti'i langga
Sasando;Bengkel Sasando|Alat musik;Kerajinan
ukiran|ukiran|16293|any|.10|.014|.12|7.4|.8
Ukiran kayu;Patung batu;Kenang-kenangan kayu
Ukiran;Sanggar Ukir|Ukiran;Kerajinan
mebel|mebel|31001|any|.05|.060|.40|26|.75
Lemari kayu;Meja dan kursi kayu;Kusen dan pintu
Mebel;Meubel;Mebelair|Mebel;Meubelair;Pertukangan kayu
batu-bata|bahan-bangunan|23921|any|.16|.050|.35|18|.75
Batu bata;Batu merah
Batu Bata;Bata Merah|Batu bata;Bahan bangunan
batako|bahan-bangunan|23951|town|.08|.080|.45|34|.75
Batako;Paving;Loster
Batako;Batako dan Paving|Batako;Bahan bangunan
jahit|pakaian|14120|town|.72|.018|.18|15|.75
Pakaian jahitan;Seragam sekolah;Busana tenun;Jas tenun
Penjahit;Jahit;Taylor;Modiste|Penjahit;Konveksi;Jahit
pandai-besi|pandai-besi|25931|any|.03|.020|.15|8.4|.7
Parang;Cangkul;Pisau dapur
Pandai Besi;Bengkel Besi|Pandai besi;Alat pertanian
las|pandai-besi|25111|town|.02|.090|.50|48|.75
Pagar besi;Teralis;Kanopi
Bengkel Las;Las|Bengkel las;Las
"""

#: Trades that only the second agency lists: it counts small businesses of every kind, not industry alone.
_TRADE: Final = """
kios|-|47112|any|.66|.006|.05|30|.8
Sembako;Barang campuran
Kios;Kios Sembako;Toko|Kios sembako;Dagang;Perdagangan
warung|-|56102|any|.78|.020|.15|28|.8
Nasi dan lauk;Kopi dan gorengan
Warung;Warung Makan;Rumah Makan|Warung makan;Kuliner;Rumah makan
ternak|-|01441|any|.30|.006|.06|14|.8
Ternak babi;Ternak ayam
Ternak;Peternakan|Ternak babi;Peternakan;Ternak
jual-ikan|-|47824|coast|.55|.006|.06|22|.8
Ikan segar
Papalele Ikan;Ikan Segar|Jual ikan;Papalele;Pedagang ikan
sayur|-|47823|any|.86|.004|.04|12|.75
Sayur dan buah
Papalele;Sayur Segar|Jual sayur;Papalele;Pedagang sayur
bengkel|-|45407|town|.03|.030|.25|32|.75
Servis sepeda motor
Bengkel;Bengkel Motor|Bengkel motor;Jasa
salon|-|96112|town|.80|.014|.15|18|.75
Pangkas rambut;Salon
Salon;Pangkas Rambut|Salon;Jasa
pulsa|-|47414|town|.52|.004|.05|20|.75
Pulsa dan paket data
Konter;Ponsel|Pulsa;Konter HP;Dagang
"""


def _sectors(text: str) -> tuple[Sector, ...]:
    lines = text.strip().splitlines()
    made = []
    for figures, products, texts in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        key, commodity, kbli, setting, women, small, paid, turnover, sigma = figures.split("|")
        crafts, kinds = (tuple(part.split(";")) for part in texts.split("|"))
        made.append(
            Sector(
                key=key,
                commodity=commodity,
                kbli=kbli,
                setting=setting,
                women=float(women),
                small=float(small),
                paid=float(paid),
                turnover=float(turnover) * 1e6,
                sigma=float(sigma),
                products=tuple(products.split(";")),
                crafts=crafts,
                kinds=kinds,
            )
        )
    return tuple(made)


INDUSTRY: Final = _sectors(_INDUSTRY)
TRADE: Final = _sectors(_TRADE)
#: Every sector; positions below `len(INDUSTRY)` are industry.
SECTORS: Final[tuple[Sector, ...]] = INDUSTRY + TRADE
SECTOR_INDEX: Final[dict[str, int]] = {sector.key: index for index, sector in enumerate(SECTORS)}
#: Position of the sector that makes a product; every product belongs to one sector.
SECTOR_OF_PRODUCT: Final[dict[str, int]] = {
    product: index for index, sector in enumerate(SECTORS) for product in sector.products
}
