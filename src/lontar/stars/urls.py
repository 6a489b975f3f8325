"""Addresses of rubrics, assessments and stars, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.stars.views import assessments, awards, evidence, rounds, rubrics, sheets, stars

app_name = "stars"

urlpatterns: list[URLPattern] = [
    path("bintang/", assessments.assessments, name="assessments"),
    path("bintang/ajukan/", assessments.submit, name="submit"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/$", assessments.assessment, name="assessment"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/(?P<act>tunjuk|putuskan|bahas|tarik)/$", assessments.act, name="act"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/nilai/$", sheets.sheet, name="sheet"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/nilai/periksa/$", sheets.review, name="review"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/nilai/serahkan/$", sheets.hand_in, name="hand_in"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/nilai/mundur/$", sheets.recuse, name="recuse"),
    re_path(r"^bintang/(?P<pk>\d{1,18})/bukti/$", evidence.evidence, name="evidence"),
    re_path(r"^bintang/bukti/(?P<pk>\d{1,18})/$", evidence.file, name="evidence_file"),
    re_path(r"^bintang/bukti/(?P<pk>\d{1,18})/hapus/$", evidence.remove, name="evidence_remove"),
    path("bintang/daftar/", stars.stars, name="stars"),
    path("bintang/daftar/catat/", awards.record, name="award"),
    path("bintang/daftar/piagam/", stars.certify, name="certify"),
    re_path(r"^bintang/daftar/(?P<pk>\d{1,18})/$", stars.star, name="star"),
    re_path(r"^bintang/daftar/(?P<pk>\d{1,18})/cabut/$", stars.withdraw, name="star_withdraw"),
    path("bintang/ronde/", rounds.rounds, name="rounds"),
    path("bintang/ronde/baru/", rounds.round_new, name="round_new"),
    re_path(r"^bintang/ronde/(?P<pk>\d{1,18})/$", rounds.show, name="round"),
    re_path(r"^bintang/ronde/(?P<pk>\d{1,18})/tutup/$", rounds.close, name="round_close"),
    path("bintang/rubrik/", rubrics.rubrics, name="rubrics"),
    path("bintang/rubrik/unggah/", rubrics.rubric_new, name="rubric_new"),
    re_path(r"^bintang/rubrik/(?P<pk>\d{1,18})/$", rubrics.show, name="rubric"),
    re_path(r"^bintang/rubrik/(?P<pk>\d{1,18})/rubrik\.(?P<kind>xlsx|json)$", rubrics.download, name="rubric_file"),
    re_path(r"^bintang/rubrik/(?P<pk>\d{1,18})/(?P<act>berlakukan|hapus)/$", rubrics.act, name="rubric_act"),
]
