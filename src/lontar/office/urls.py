"""Addresses of the office, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.office.views import (
    claims,
    coverage,
    enterprises,
    goods,
    home,
    marking,
    merging,
    returns,
    reveal,
    saved,
    section_acts,
    sections,
    villages,
)

app_name = "office"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("cari", home.search, name="search"),
    path("wilayah/saran", home.places, name="places"),
    path("usaha/", enterprises.enterprises, name="enterprises"),
    re_path(r"^usaha/tandai/(?P<act>verifikasi|batalkan)/$", marking.verify, name="verify"),
    path("usaha/tandai/<uuid:event>/urungkan/", marking.verify_undo, name="verify_undo"),
    path("usaha/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("usaha/<int:pk>/ubah/", enterprises.enterprise_change, name="enterprise_change"),
    re_path(
        r"^usaha/(?P<pk>\d{1,18})/(?P<step>tutup|istirahat|buka)/$",
        enterprises.enterprise_status,
        name="enterprise_status",
    ),
    re_path(r"^usaha/(?P<pk>\d{1,18})/tandai/(?P<act>verifikasi|batalkan)/$", marking.verify_one, name="verify_one"),
    re_path(r"^usaha/(?P<pk>\d{1,18})/tampilkan/(?P<kind>nik|phone|address)/$", reveal.reveal, name="reveal"),
    path("usaha/<int:pk>/gabungkan/", merging.merge_search, name="merge_search"),
    path("usaha/<int:pk>/gabungkan/<int:other>/", merging.merge, name="merge"),
    path("usaha/gabungan/<int:pk>/batalkan/", merging.merge_undo, name="merge_undo"),
    path("desa/", villages.villages, name="villages"),
    re_path(r"^desa/(?P<code>[0-9.]{13})/$", villages.village, name="village"),
    re_path(r"^desa/(?P<code>[0-9.]{13})/potensi/baru/$", villages.potential_new, name="potential_new"),
    re_path(
        r"^desa/(?P<code>[0-9.]{13})/potensi/(?P<pk>\d{1,18})/$", villages.potential_change, name="potential_change"
    ),
    re_path(
        r"^desa/(?P<code>[0-9.]{13})/potensi/(?P<pk>\d{1,18})/hapus/$",
        villages.potential_remove,
        name="potential_remove",
    ),
    path("produk/", goods.products, name="products"),
    path("produk/<int:pk>/", goods.product, name="product"),
    path("izin/", goods.licences, name="licences"),
    path("izin/<int:pk>/", goods.licence, name="licence"),
    path("lembaga/", goods.bodies, name="bodies"),
    re_path(r"^lembaga/(?P<sort>organisasi|sekolah)/(?P<pk>\d{1,18})/$", goods.body, name="body"),
    path("cakupan/", coverage.coverage_page, name="coverage"),
    path("perbedaan/", claims.disagreements, name="disagreements"),
    path("perbedaan/putuskan/", claims.disagreements_settle, name="disagreements_settle"),
    re_path(
        r"^usaha/(?P<pk>\d{1,18})/klaim/(?P<field>[a-z_]{1,16})/(?P<claim>\d{1,18})/terima/$",
        claims.claim_accept,
        name="claim_accept",
    ),
    path("usaha/klaim/<int:pk>/lepas/", claims.claim_release, name="claim_release"),
    path("kewenangan/", claims.authorities, name="authorities"),
    re_path(r"^kewenangan/(?P<topic>[a-z]{1,12})/$", claims.authority, name="authority"),
    path("pengesahan/", sections.sections_page, name="sections"),
    path("pengesahan/usaha/", sections.section_enterprises, name="section_enterprises"),
    re_path(
        r"^pengesahan/usaha/tandai/(?P<act>sahkan|tarik|kembalikan)/$",
        section_acts.mark_enterprises,
        name="section_mark_enterprises",
    ),
    path("pengesahan/desa/", sections.section_villages, name="section_villages"),
    re_path(
        r"^pengesahan/desa/tandai/(?P<act>sahkan|tarik)/$", section_acts.mark_villages, name="section_mark_villages"
    ),
    path("pengesahan/isian/", returns.returns, name="returns"),
    path("pengesahan/isian/tindakan/<uuid:event>/urungkan/", returns.returns_undo, name="returns_undo"),
    path("tampilan/", saved.view_save, name="view_save"),
    path("tampilan/<str:slug>/", saved.view, name="view"),
    path("tampilan/<str:slug>/hapus/", saved.view_drop, name="view_drop"),
]
