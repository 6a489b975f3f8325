"""Addresses of readiness, plans of 90 days and their verdicts, below /kantor/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from lontar.priority.views import picks, plans, ruling, stating, work

app_name = "priority"

urlpatterns: list[URLPattern] = [
    path("prioritas/", plans.plans, name="plans"),
    path("prioritas/coba/", plans.try_out, name="try"),
    path("prioritas/banding/", plans.compare, name="compare"),
    path("prioritas/nyatakan/", stating.state, name="state"),
    path("prioritas/aturan/", ruling.rules, name="rules"),
    path("prioritas/tugas/", work.work, name="work"),
    path("prioritas/<int:pk>/", plans.plan, name="plan"),
    path("prioritas/<int:pk>/pilihan.csv", plans.plan_csv, name="plan_csv"),
    path("prioritas/<int:pk>/berlakukan/", plans.decide, name="decide"),
    path("prioritas/<int:pk>/lembar/", plans.sheet, name="sheet"),
    path("prioritas/<int:pk>/batalkan/", plans.drop, name="drop"),
    path("prioritas/pilihan/<int:pk>/", picks.pick, name="pick"),
    path("prioritas/pilihan/<int:pk>/lapor/", picks.check_in, name="check_in"),
    re_path(
        r"^prioritas/pilihan/(?P<pk>\d{1,18})/(?P<act>omzet-awal|sasaran|tindakan|hambatan|terlambat)/$",
        picks.report,
        name="report",
    ),
    re_path(r"^prioritas/hambatan/(?P<pk>\d{1,18})/(?P<act>jawab|tutup|buka-lagi)/$", work.blocker, name="blocker"),
    re_path(r"^prioritas/tindakan/(?P<pk>\d{1,18})/(?P<act>selesai|batal)/$", work.step, name="step"),
]
