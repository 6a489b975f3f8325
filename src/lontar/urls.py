"""All addresses: public pages at the root, the office under /kantor/, the API under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("kantor/", include("lontar.access.urls")),
]
