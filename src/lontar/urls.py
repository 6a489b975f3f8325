"""All addresses: public pages at the root, the office under /kantor/, the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lontar.api.urls")),
    path("", include("lontar.portal.urls")),
    path("kantor/", include("lontar.access.urls")),
    path("kantor/", include("lontar.audit.urls")),
    path("kantor/", include("lontar.intake.urls")),
    path("kantor/", include("lontar.mapping.urls")),
    path("kantor/", include("lontar.verification.urls")),
    path("kantor/", include("lontar.documents.urls")),
    path("kantor/", include("lontar.selection.urls")),
    path("kantor/", include("lontar.designation.urls")),
    path("kantor/", include("lontar.stars.urls")),
    path("kantor/", include("lontar.priority.urls")),
    path("kantor/", include("lontar.returns.urls")),
    path("kantor/", include("lontar.monitoring.urls")),
    path("kantor/", include("lontar.verdicts.urls")),
    path("kantor/", include("lontar.value.urls")),
    path("kantor/", include("lontar.reports.urls")),
    path("kantor/", include("lontar.office.urls")),
]
handler400 = "lontar.ui.views.bad_request"
handler403 = "lontar.ui.views.permission_denied"
handler404 = "lontar.ui.views.page_not_found"
handler500 = "lontar.ui.views.server_error"
