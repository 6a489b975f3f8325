"""Pages for what went wrong: 400, 403, 404, 429, 500, 503, and a bad token.

The root URL module names these as its handlers. Deciding that something is forbidden or too frequent is done elsewhere.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lontar.ui.presenters import Link


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page says: what happened, what to do, and a number to name when asking for help."""

    code: int
    title: str
    text: str
    steps: tuple[str, ...] = ()
    action: Link | None = None
    reference: str = field(default="")


def error_page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Renders `problem` with its own status."""
    return render(request, "ui/error.html", {"problem": problem}, status=problem.code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return error_page(
        request,
        Problem(
            400,
            _("Permintaan tidak terbaca"),
            _("Alamat atau isian yang dikirim tidak lengkap. Kembali, lalu coba lagi."),
        ),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the post of the reader does not cover this. The reason is the exception's text, if it has one."""
    reason = str(exception) if exception.args else ""
    text = reason or _("Jabatan Anda tidak mencakup halaman ini. Bila seharusnya mencakup, hubungi admin provinsi.")
    return error_page(request, Problem(403, _("Anda tidak berwenang membuka halaman ini"), text))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or stale."""
    text = _("Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim lagi; isian Anda perlu diperiksa kembali.")
    return error_page(request, Problem(403, _("Formulir kedaluwarsa"), text))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page; offers the search."""
    steps = (
        _("Periksa penulisan alamat; kode desa ditulis seperti 53.12.04.2003."),
        _("Cari nama desa, usaha, atau produk di kotak pencarian."),
    )
    text = _("Alamat ini tidak ada, atau isinya sudah dipindahkan.")
    return error_page(
        request, Problem(404, _("Halaman tidak ditemukan"), text, steps, Link(_("Buka peta desa"), "/peta"))
    )


def too_many_requests(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """429: asks to wait `seconds`."""
    text = _("Terlalu banyak permintaan dari alamat Anda. Tunggu %(seconds)d detik, lalu coba lagi.") % {
        "seconds": seconds
    }
    response = error_page(request, Problem(429, _("Mohon tunggu sebentar"), text))
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; shows a page that needs neither database nor build."""
    problem = Problem(
        500,
        _("Terjadi gangguan di pihak kami"),
        _("Permintaan Anda belum diproses. Coba lagi beberapa menit lagi; bila tetap gagal, hubungi admin provinsi."),
        reference=reference(request),
    )
    return HttpResponse(render_to_string("ui/bare_error.html", {"problem": problem}), status=500)


def service_unavailable(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """503: maintenance or no database; asks to come back after `seconds`."""
    problem = Problem(
        503,
        _("Layanan sedang dihentikan sementara"),
        _("Kami sedang merawat sistem. Data Anda aman; coba lagi beberapa menit lagi."),
    )
    response = HttpResponse(render_to_string("ui/bare_error.html", {"problem": problem}), status=503)
    response["Retry-After"] = str(seconds)
    return response


def reference(request: HttpRequest) -> str:
    """The number that logs know this request by: the request's own if it has one, else a new one."""
    return str(getattr(request, "id", "") or request.headers.get("X-Request-Id", "")) or uuid.uuid4().hex[:12]
