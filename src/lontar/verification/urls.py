"""Addresses of single sign-offs and returned fields, below /kantor/. Lists and acts over many are the office's."""

from __future__ import annotations

from django.urls import URLPattern, re_path

from lontar.verification.views import returns, signing

app_name = "verification"

urlpatterns: list[URLPattern] = [
    re_path(
        r"^pengesahan/usaha/(?P<pk>\d{1,18})/(?P<key>[a-z-]{1,30})/(?P<act>sahkan|tarik)/$",
        signing.sign_enterprise,
        name="sign_enterprise",
    ),
    re_path(
        r"^pengesahan/desa/(?P<code>[0-9.]{13})/(?P<key>[a-z-]{1,30})/(?P<act>sahkan|tarik)/$",
        signing.sign_village,
        name="sign_village",
    ),
    re_path(r"^pengesahan/usaha/(?P<pk>\d{1,18})/kembalikan/$", returns.return_enterprise, name="return_enterprise"),
    re_path(r"^pengesahan/potensi/(?P<pk>\d{1,18})/kembalikan/$", returns.return_potential, name="return_potential"),
    re_path(r"^pengesahan/isian/(?P<pk>\d{1,18})/$", returns.show, name="return"),
    re_path(
        r"^pengesahan/isian/(?P<pk>\d{1,18})/(?P<act>perbaiki|benar|terima|lagi|tarik)/$",
        returns.move,
        name="return_move",
    ),
]
