"""Words that worlds are made of: given names, clans and trades in two sets that share nothing (`FIRST` trains,
`SECOND` measures).

Given names are common ones; clan names are put together from syllables around the letter q, so that every one is
recognisably invented; every board of a business carries Contoh, Peraga or Rekaan.
"""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Words:
    """One set of words."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    clans: tuple[str, ...]
    virtues: tuple[str, ...]


def _clans(heads: str, middles: str, tails: str) -> tuple[str, ...]:
    return tuple(a + "q" + b + c for a, b, c in product(heads.split(), middles.split(), tails.split()))


FIRST = Words(
    men=tuple(
        "Yohanes Petrus Paulus Yosef Antonius Fransiskus Dominikus Markus Lukas Stefanus Andreas Benediktus Agustinus Aloysius "
        "Ignasius Kornelius Daniel Gabriel Yakobus Filipus Laurensius Martinus Nikolaus Oktovianus Sebastianus Timotius Vinsensius "
        "Yulius Hendrikus Gregorius Elias Abraham Leonardus Wilhelmus Muhamad Abdul Ahmad Ibrahim Usman Umbu Domu Ndara".split()
    ),
    women=tuple(
        "Maria Yuliana Margaretha Theresia Elisabeth Anastasia Katarina Agustina Bernadeta Cecilia Dorothea Fransiska Getrudis "
        "Helena Kristina Lusia Magdalena Martha Natalia Oktaviana Paulina Petronela Regina Rosalia Stefania Veronika Wilhelmina "
        "Yohana Yosefina Yustina Antonia Siti Aminah Fatima Halimah Nurhayati Rambu Ina Konga".split()
    ),
    clans=_clans(
        "Na Ta Fa Wo La Ge Ra Wu Mba Ma Ka Sa Fo Me Lo Ke",
        "a o e i u",
        "nis ben fu lan ratu mbu nga lei fani lik nda lai",
    ),
    virtues=tuple(
        "Sinar Jaya;Harapan Baru;Kasih Ibu;Maju Bersama;Tunas Muda;Mekar Sari;Sumber Rejeki;Fajar Timur;Bintang Laut;Karya Bersama;"
        "Melati;Mawar;Flamboyan;Cendana;Mutiara;Pelangi;Rajawali;Serumpun;Teratai;Budi Daya".split(";")
    ),
)
SECOND = Words(
    men=tuple(
        "Emanuel Fabianus Rofinus Kanisius Siprianus Damianus Ferdinandus Marselinus Alfonsus Bonifasius Eduardus Hironimus "
        "Kasianus Mateus Nikodemus Okran Pius Quirinus Rikardus Servasius Titus Urbanus Viktor Yeremia Zakharia Melkianus Arnoldus "
        "Bertolomeus Klemens Dionisius Efraim Gaspar Yonatan Imanuel Obed Samuel Welem Hamza Rusdin Syamsul Jafar Lalu".split()
    ),
    women=tuple(
        "Adelheid Blandina Kornelia Delfina Ermelinda Febronia Godeliva Hildegardis Irmina Yoneta Klementina Ludgardis Matilda "
        "Novita Odilia Prisila Rovina Skolastika Tekla Virgilia Wihelmina Yasintha Yovita Arminda Bergita Karolina Desideria "
        "Eufrasia Florida Goreti Hendrika Selfina Mersiana Nurlela Rohani Sumiati Wa Ode Marni Dessy".split()
    ),
    clans=_clans(
        "Be Do Nga Su Ti Ru Pa Hi Le Bo Ndu Wai Ko De Li Sei",
        "a o e i u",
        "mone tuka rihi lodo hege pati sawu dima teru goba wini kale",
    ),
    virtues=tuple(
        "Cahaya Pagi;Damai Abadi;Ina Huk;Lontar Manis;Tiga Saudara;Putri Laut;Nusa Indah;Rindu Alam;Kembang Desa;Bukit Hijau;Sehati;"
        "Berkat Tani;Mitra Usaha;Anugerah;Sasando;Komodo Jaya;Padang Sabana;Air Mata Ibu;Dua Putra;Setia Budi".split(
            ";"
        )
    ),
)

#: KBLI, the words of its boards, and the words that another clerk uses for the same trade.
TRADES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("13122", ("Tenun Ikat", "Tenun", "Sarung Tenun"), ("Usaha Tenun", "Kerajinan Kain", "Tenunan")),
    ("10391", ("Keripik Pisang", "Keripik", "Keripik Ubi"), ("Makanan Ringan", "Kripik", "Camilan")),
    ("10761", ("Kopi Bubuk", "Kopi", "Kopi Arabika"), ("Pengolahan Kopi", "Kopi Giling", "Minuman Kopi")),
    ("16293", ("Anyaman Lontar", "Anyaman", "Anyaman Bambu"), ("Kerajinan Anyam", "Anyam-anyaman", "Tikar")),
    ("31001", ("Mebel", "Mebel Kayu", "Meubel"), ("Usaha Kayu", "Meubeler", "Perabot")),
    ("10710", ("Roti", "Kue Basah", "Kue"), ("Aneka Kue", "Bakery", "Jajanan")),
    ("14111", ("Jahit", "Penjahit", "Konveksi"), ("Usaha Jahit", "Jahitan", "Menjahit")),
    ("10211", ("Ikan Asin", "Ikan Kering", "Abon Ikan"), ("Pengolahan Ikan", "Olahan Ikan", "Hasil Laut")),
    ("11020", ("Moke", "Sopi", "Gula Lontar"), ("Minuman Tradisional", "Nira", "Gula Cair")),
    ("23929", ("Batu Bata", "Gerabah", "Batako"), ("Bata Merah", "Bahan Bangunan", "Periuk")),
    ("47112", ("Kios", "Sembako", "Kelontong"), ("Kios Sembako", "Jualan Harian", "Warung")),
    ("10312", ("Kacang Mete", "Mete", "Kacang"), ("Mente", "Pengolahan Mete", "Kacang Mente")),
)
