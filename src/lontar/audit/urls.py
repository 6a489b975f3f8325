"""Addresses of the reveal log, the parameters and the histories."""

from __future__ import annotations

from django.urls import path, re_path

from lontar.audit import views

app_name = "audit"

urlpatterns = [
    path("akses/pembukaan/", views.reveals, name="reveals"),
    path("akses/parameter/", views.parameters, name="parameters"),
    re_path(r"^akses/parameter/(?P<key>[a-z0-9_.]+)/$", views.parameter, name="parameter"),
    re_path(r"^akses/riwayat/(?P<kind>instansi|jabatan|orang)/(?P<pk>\d+)/$", views.history, name="history"),
]
