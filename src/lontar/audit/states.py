"""The audit events of this app, what can be revealed, and the names of the parameters that the programme ships with."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """Stable names of audit events, and the words in which a history tells them."""

    REVEALED = "audit.reveal.made", _("Data pribadi dibuka")
    PARAMETER_SET = "audit.parameter.set", _("Parameter ditetapkan")


class RevealKind(TextChoices):
    """Personal values that are masked everywhere."""

    NIK = "nik", _("NIK")
    PHONE = "phone", _("Nomor telepon")
    ADDRESS = "address", _("Alamat rumah")
    INCOME = "income", _("Penghasilan")
    OTHER = "other", _("Data pribadi lain")


class KnownParameter(TextChoices):
    """Parameters with a label in words; others are shown by their key."""

    UMKM_SALES_MICRO = "umkm.sales.micro", _("Usaha mikro: hasil penjualan setahun paling banyak")
    UMKM_SALES_SMALL = "umkm.sales.small", _("Usaha kecil: hasil penjualan setahun paling banyak")
    UMKM_SALES_MEDIUM = "umkm.sales.medium", _("Usaha menengah: hasil penjualan setahun paling banyak")
    UMKM_CAPITAL_MICRO = "umkm.capital.micro", _("Usaha mikro: modal usaha paling banyak")
    UMKM_CAPITAL_SMALL = "umkm.capital.small", _("Usaha kecil: modal usaha paling banyak")
    UMKM_CAPITAL_MEDIUM = "umkm.capital.medium", _("Usaha menengah: modal usaha paling banyak")
    MICRO_RUNG_SEED = "micro.rung.seed", _("Tangga mikro rintisan: hasil penjualan setahun kurang dari")
    MICRO_RUNG_GROWING = "micro.rung.growing", _("Tangga mikro tumbuh: hasil penjualan setahun kurang dari")
    IMK_WORKERS_MICRO = "imk.workers.micro", _("Industri mikro: tenaga kerja paling banyak")
    IMK_WORKERS_SMALL = "imk.workers.small", _("Industri kecil: tenaga kerja paling banyak")
    IMK_WORKERS_MEDIUM = "imk.workers.medium", _("Industri sedang: tenaga kerja paling banyak")
    HALAL_SALES = "halal.self_declare.sales", _("Pernyataan halal mandiri: hasil penjualan setahun paling banyak")
    HALAL_FACTORIES = "halal.self_declare.factories", _("Pernyataan halal mandiri: pabrik paling banyak")
    HALAL_OUTLETS = "halal.self_declare.outlets", _("Pernyataan halal mandiri: gerai paling banyak")
    PROCUREMENT_SHARE = (
        "procurement.umk_share",
        _("Belanja pengadaan untuk usaha mikro, kecil, dan koperasi paling sedikit"),
    )
    PROCUREMENT_PACKAGE = (
        "procurement.reserved_package",
        _("Paket pengadaan untuk usaha kecil dan koperasi paling besar"),
    )
    STAR_VALIDITY = "star.validity", _("Masa berlaku bintang produk")
    STAR_SPREAD = "star.spread.second_look", _("Penilaian bintang: ditinjau lagi bila nilai berselisih")
    STAR_ASSESSORS = "star.assessors.minimum", _("Penilaian bintang: lembar nilai paling sedikit")
    STAR_EVIDENCE_LARGEST = "star.evidence.largest", _("Bukti penilaian bintang: ukuran terbesar satu berkas")
    STAR_EVIDENCE_FILES = "star.evidence.files", _("Bukti penilaian bintang: paling banyak berkas")
    STAR_NOTICE_FIRST = "star.notice.first", _("Bintang hampir berakhir: pengingat pertama")
    STAR_NOTICE_LAST = "star.notice.last", _("Bintang hampir berakhir: pengingat terakhir")
    PIRT_VALIDITY = "licence.pirt.validity", _("Masa berlaku SPP-IRT")
    MEREK_VALIDITY = "licence.merek.validity", _("Masa berlaku merek terdaftar")
    CELL_PRODUCERS = "disclosure.min_producers", _("Angka terbuka: pelaku usaha paling sedikit dalam satu sel")
    CELL_DOMINANCE = "disclosure.max_share", _("Angka terbuka: bagian paling besar satu pelaku usaha dalam satu sel")
    RECORDS_GROUP = "report.records.group", _("Laporan terbuka: produsen yang tidak ditampilkan, paling sedikit")
    RECORDS_SHARE = "report.records.share", _("Laporan terbuka: bagian catatan yang ditampilkan, paling banyak")
    RECORDS_DOMINANCE = (
        "report.records.dominance",
        _("Laporan terbuka: bagian terbesar satu produsen dari sisa yang tidak ditampilkan"),
    )
    RETURNS_JUMP_MONTH = (
        "returns.jump.month",
        _("Laporan bulanan: ditandai bila nilai berubah dari bulan lalu sebanyak"),
    )
    RETURNS_JUMP_YEAR = "returns.jump.year", _("Laporan bulanan: ditandai bila omzet berubah dari tahun lalu sebanyak")
    RETURNS_JUMP_FROM = "returns.jump.from", _("Laporan bulanan: perubahan nilai dilihat mulai dari")
    RETURNS_TURNOVER_MOST = "returns.turnover.most", _("Laporan bulanan: omzet sebulan ditandai bila lebih dari")
    RETURNS_CHANNELS_SHARE = (
        "returns.channels.share",
        _("Laporan bulanan: selisih jumlah saluran dari omzet yang dibiarkan"),
    )
    RETURNS_MATCH_FACTOR = (
        "returns.match.factor",
        _("Laporan bulanan: ditandai bila jumlah kali harga jauh dari omzet, sebanyak"),
    )
    RETURNS_DUE_DAYS = "returns.due.days", _("Laporan bulanan: ditunggu sesudah akhir bulan selama")
    RETURNS_LINK_DAYS = "returns.link.days", _("Tautan lapor pribadi: berlaku selama")
    RETURNS_PRICE_FOOD_LEAST = (
        "returns.price.food.least",
        _("Laporan bulanan, makanan: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_FOOD_MOST = "returns.price.food.most", _("Laporan bulanan, makanan: harga ditandai bila lebih dari")
    RETURNS_PRICE_DRINK_LEAST = (
        "returns.price.drink.least",
        _("Laporan bulanan, minuman: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_DRINK_MOST = "returns.price.drink.most", _("Laporan bulanan, minuman: harga ditandai bila lebih dari")
    RETURNS_PRICE_WEAVING_LEAST = (
        "returns.price.weaving.least",
        _("Laporan bulanan, tenun: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_WEAVING_MOST = (
        "returns.price.weaving.most",
        _("Laporan bulanan, tenun: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_BATIK_LEAST = (
        "returns.price.batik.least",
        _("Laporan bulanan, batik: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_BATIK_MOST = "returns.price.batik.most", _("Laporan bulanan, batik: harga ditandai bila lebih dari")
    RETURNS_PRICE_WICKER_LEAST = (
        "returns.price.wicker.least",
        _("Laporan bulanan, anyaman: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_WICKER_MOST = (
        "returns.price.wicker.most",
        _("Laporan bulanan, anyaman: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_POTTERY_LEAST = (
        "returns.price.pottery.least",
        _("Laporan bulanan, gerabah: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_POTTERY_MOST = (
        "returns.price.pottery.most",
        _("Laporan bulanan, gerabah: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_HERBAL_LEAST = (
        "returns.price.herbal.least",
        _("Laporan bulanan, jamu dan herbal: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_HERBAL_MOST = (
        "returns.price.herbal.most",
        _("Laporan bulanan, jamu dan herbal: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_COSMETIC_LEAST = (
        "returns.price.cosmetic.least",
        _("Laporan bulanan, kosmetik: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_COSMETIC_MOST = (
        "returns.price.cosmetic.most",
        _("Laporan bulanan, kosmetik: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_CRAFT_LEAST = (
        "returns.price.craft.least",
        _("Laporan bulanan, kerajinan lain: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_CRAFT_MOST = (
        "returns.price.craft.most",
        _("Laporan bulanan, kerajinan lain: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_FRESH_LEAST = (
        "returns.price.fresh.least",
        _("Laporan bulanan, hasil segar: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_FRESH_MOST = (
        "returns.price.fresh.most",
        _("Laporan bulanan, hasil segar: harga ditandai bila lebih dari"),
    )
    RETURNS_PRICE_OTHER_LEAST = (
        "returns.price.other.least",
        _("Laporan bulanan, produk lain: harga ditandai bila kurang dari"),
    )
    RETURNS_PRICE_OTHER_MOST = (
        "returns.price.other.most",
        _("Laporan bulanan, produk lain: harga ditandai bila lebih dari"),
    )
    CLUSTER_UNITS = "designation.cluster.units", _("Pemusatan produk: tawarkan sentra mulai dari")
    CLUSTER_DISTANCE = "designation.cluster.distance", _("Pemusatan produk: desa sekitar dalam jarak lurus")
    LOCUS_QUOTA = "designation.locus.quota", _("Lokus: kuota setiap kabupaten/kota")
    GROWTH_YEARS = "selection.growth.years", _("Peringkat calon: pertumbuhan dilihat selama")
    THIN_PRODUCTS = "selection.products.thin", _("Peringkat calon: produk tercatat dianggap sedikit bila kurang dari")
    MARKET_ROUGH = "selection.market.rough", _("Jarak ke pasar: selisih bila titik hanya kira-kira")
    PERMIT_DAYS_NIB = "selection.permit_days.nib", _("Lama mengurus NIB")
    PERMIT_DAYS_MARKET = "selection.permit_days.market", _("Lama mengurus izin edar pangan (SPP-IRT)")
    PERMIT_DAYS_HALAL = "selection.permit_days.halal", _("Lama mengurus sertifikat halal")
    PERMIT_DAYS_MARK = "selection.permit_days.mark", _("Lama mengurus merek")
    HAYAMI_YIELD_LOW = "selection.hayami.yield_low", _("Nilai tambah Hayami: rendemen paling kecil")
    HAYAMI_YIELD_HIGH = "selection.hayami.yield_high", _("Nilai tambah Hayami: rendemen paling besar")
    HAYAMI_OTHERS_LOW = "selection.hayami.others_low", _("Nilai tambah Hayami: masukan lain paling kecil")
    HAYAMI_OTHERS_HIGH = "selection.hayami.others_high", _("Nilai tambah Hayami: masukan lain paling besar")
    CLOSE_COVERAGE = "monitoring.close.coverage", _("Penutupan triwulan: cakupan laporan paling sedikit")
    CLOSE_WAITING = "monitoring.close.waiting", _("Penutupan triwulan: laporan yang masih menunggu paling banyak")
    CLOSE_OUTLIERS = "monitoring.close.outliers", _("Penutupan triwulan: nilai mencolok tanpa penjelasan paling banyak")
    CLOSE_JUMP = "monitoring.close.jump", _("Penutupan triwulan: omzet mencolok bila berubah lebih dari")
    MONITORING_LEAST = "monitoring.least_producers", _("Angka dirahasiakan bila produsennya kurang dari")
    MONITORING_DOMINANCE = "monitoring.dominance", _("Angka dirahasiakan bila satu produsen mencapai")
    MONITORING_FULL_DAYS = "monitoring.full_days", _("Hari kerja penuh seorang dalam sebulan")
    VALUE_OTHERS = "value.others", _("Nilai tambah: masukan lain, dari omzet")
    VALUE_PROCESSING = "value.others.processing", _("Nilai tambah: biaya lain mengolah, dari nilai jual")
    VALUE_PACKING = "value.others.packing", _("Nilai tambah: biaya lain mengemas, dari nilai jual")
    VALUE_OTHERS_REGENCY = "value.others.regency", _("Nilai tambah: masukan lain yang dibeli di kabupaten")
    VALUE_OTHERS_NTT = "value.others.ntt", _("Nilai tambah: masukan lain yang dibeli di NTT")
    VALUE_MATERIAL_VILLAGE = "value.material.village", _("Nilai tambah: bahan mentah dari desa sendiri")
    VALUE_MATERIAL_REGENCY = "value.material.regency", _("Nilai tambah: bahan mentah dari kabupaten sendiri")
    VALUE_LABOUR_VILLAGE = "value.labour.village", _("Nilai tambah: pekerja dari desa sendiri")
    VALUE_LABOUR_REGENCY = "value.labour.regency", _("Nilai tambah: pekerja dari kabupaten sendiri")
    VALUE_MARGIN_VILLAGE = "value.margin.village", _("Nilai tambah: sisa pemilik yang tinggal di desa")
    VALUE_WAGE = "value.wage", _("Nilai tambah: upah sehari")
    VALUE_DAYS = "value.days", _("Nilai tambah: hari kerja mengolah")
    VALUE_CONVERSION = "value.conversion", _("Nilai tambah: hasil olahan dari bahan mentah")
    VALUE_CONVERSION_COCOA = "value.conversion.kakao", _("Nilai tambah: hasil olahan dari bahan mentah, kakao")
    VALUE_CONVERSION_ARABICA = (
        "value.conversion.kopi_arabika",
        _("Nilai tambah: hasil olahan dari bahan mentah, kopi arabika"),
    )
    VALUE_CONVERSION_ROBUSTA = (
        "value.conversion.kopi_robusta",
        _("Nilai tambah: hasil olahan dari bahan mentah, kopi robusta"),
    )
    VERDICT_MATTERS = "verdict.matters", _("Putusan: kenaikan terkecil yang dianggap berarti")
    VERDICT_PRODUCERS = "verdict.producers", _("Putusan: produsen paling sedikit")
    VERDICT_VILLAGES = "verdict.villages", _("Putusan: desa pembanding paling sedikit")
    VERDICT_RING = "verdict.ring", _("Putusan: desa sekitar unit yang tidak dijadikan pembanding, dalam jarak lurus")
