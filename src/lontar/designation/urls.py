"""Addresses of deliberations, checks, decrees, flagships and locus rounds, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.designation.views import decrees, proposals, proposing, rounds, spread

app_name = "designation"

PK = r"(?P<pk>\d{1,18})"

urlpatterns: list[URLPattern] = [
    path("usulan/", proposals.proposals, name="proposals"),
    path("usulan/terima/", proposals.move_many, name="proposals_move"),
    path("usulan/baru/", proposing.choose, name="propose"),
    re_path(
        r"^usulan/baru/(?P<key>(village|school|community)-[0-9.]{1,20})/$", proposing.propose_for, name="propose_for"
    ),
    re_path(rf"^usulan/{PK}/$", proposals.proposal, name="proposal"),
    re_path(rf"^usulan/{PK}/perbaiki/$", proposing.correct, name="correct"),
    re_path(rf"^usulan/{PK}/sebaran/$", spread.spread, name="spread"),
    re_path(rf"^usulan/{PK}/berita-acara/$", proposals.minutes, name="minutes"),
    re_path(
        rf"^usulan/{PK}/(?P<act>accepted|returned|refused|withdrawn|coached|evaluated|continued)/$",
        proposals.move,
        name="move",
    ),
    path("penetapan/", decrees.decrees, name="decrees"),
    path("penetapan/kumpulkan/", decrees.collect, name="decree_collect"),
    path("penetapan/pratinjau/", decrees.preview, name="decree_preview"),
    path("penetapan/akhiri/", decrees.ending, name="decree_end"),
    path("penetapan/akhiri/kumpulkan/", decrees.ending_collect, name="decree_end_collect"),
    re_path(rf"^penetapan/{PK}/$", decrees.decree, name="decree"),
    path("lokus/", rounds.rounds, name="rounds"),
    path("lokus/baru/", rounds.new, name="round_new"),
    re_path(rf"^lokus/{PK}/$", rounds.one, name="round"),
    re_path(rf"^lokus/{PK}/(?P<act>susun|tutup|batalkan)/$", rounds.act, name="round_act"),
    re_path(rf"^lokus/{PK}/tetapkan/$", rounds.decree, name="round_decree"),
    re_path(rf"^lokus/desa/{PK}/pindahkan/$", rounds.move, name="round_move"),
    re_path(rf"^lokus/{PK}/ganti/(?P<locus>\d{{1,18}})/$", rounds.replace, name="locus_replace"),
]
