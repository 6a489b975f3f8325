"""Reading at full size: lists behind the wall, API, public pages, map payload, CSV; the same once more with ten times the rows."""

from __future__ import annotations

import gzip
import http.client
import statistics
import time
from urllib.parse import urlsplit

from bench import installation
from bench.measuring import Figure, PeakMemory, latencies, p95, rate, tree

OFFICE_QUERIES = (
    {}, {"sort": "-turnover"}, {"sort": "name"}, {"asked": {"region": "53.09"}}, {"asked": {"region": "53.07", "imk_class": "kecil"}},
    {"asked": {"text": "kopi"}}, {"asked": {"text": "tenun contoh"}}, {"asked": {"nib": "ada"}, "sort": "-recorded"},
    {"asked": {"is_verified": False}, "offset": 5000}, {"asked": {"kbli": "13"}, "sort": "-workers"},
)  # fmt: skip


def _office_milliseconds() -> list[float]:
    """Server time of the office list: page of 50 rows and exact count, as the plain role, within the province's scope."""
    from lontar.access.scope import acting_in
    from lontar.registry.queries.enterprises import EnterpriseFilter, list_office

    taken = []
    with acting_in("53"):
        for number in range(60):
            given = dict(OFFICE_QUERIES[number % len(OFFICE_QUERIES)])
            asked = EnterpriseFilter(**given.pop("asked", {}))  # type: ignore[arg-type]  # declared above
            begun = time.perf_counter()
            list_office(asked, within="53", **given)  # type: ignore[arg-type]  # declared above
            taken.append((time.perf_counter() - begun) * 1000)
    return taken[len(OFFICE_QUERIES) :]


def measure(*, label: str) -> list[Figure]:
    """Everything at 168,002 enterprises."""
    office = p95(_office_milliseconds())
    figures = [Figure(f"office list over {label}, p95", office, "ms", "≤ 50 ms", met=office <= 50)]
    with installation.served() as address:
        figures += [*_rates(address), *_map(address), *_csv(address)]
    return figures


def measure_tenfold() -> list[Figure]:
    """The lists once more at 1.68 million."""
    office = p95(_office_milliseconds())
    return [Figure("office list over 1,68 million, p95", office, "ms", "≤ 150 ms", met=office <= 150)]


def _rates(address: str) -> list[Figure]:
    page = rate(address, "/desa/53.09.02.2010")
    cold = 1000 / statistics.mean(latencies(address, _some_villages(), rounds=300))
    listed = rate(address, "/api/v1/enterprises?limit=100")
    fresh = p95(latencies(address, [f"/api/v1/enterprises?limit=100&offset={n * 100}" for n in range(200)], rounds=200))
    bare = rate(address, "/healthz")
    front = p95(latencies(address, ["/", "/wilayah/53.09", "/cari?q=kopi"], rounds=60))
    return [
        Figure(
            "public village page",
            page,
            "pages/s",
            "≥ 200",
            met=page >= 200,
            reference=f"first time each, one reader: {cold:.0f}/s",
        ),
        Figure(
            "API list of 100 rows", listed, "answers/s", "≥ 500", met=listed >= 500, reference=f"bare view {bare:.0f}/s"
        ),
        Figure("API list, a new question each time, p95", fresh, "ms"),
        Figure("front page, region page, search, p95", front, "ms"),
    ]


def _some_villages() -> list[str]:
    from lontar.registry.models import Region

    return [f"/desa/{code}" for code in Region.objects.villages().order_by("code").values_list("code", flat=True)[:300]]


def _map(address: str) -> list[Figure]:
    total = 0
    for path in ("/peta/desa.json", "/peta/lapis/usaha.json"):
        total += len(gzip.compress(_get(address, path), 6))
    return [Figure("map data, gz", total / 1024, "KB", "≤ 200 KB", met=total <= 200 * 1024)]


def _get(address: str, path: str) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return body


def _csv(address: str) -> list[Figure]:
    import os

    memory = PeakMemory(lambda: tree(os.getpid()))
    memory.start()
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    begun = time.perf_counter()
    connection.request("GET", "/api/v1/enterprises?format=csv")
    answer = connection.getresponse()
    answer.read(1)
    first = time.perf_counter() - begun
    size = 1
    while chunk := answer.read(1_048_576):
        size += len(chunk)
    whole = time.perf_counter() - begun
    peak = memory.stop()
    return [
        Figure("CSV of all enterprises, first byte", first, "s", "≤ 0.2 s", met=first <= 0.2),
        Figure(
            "CSV of all enterprises, whole", whole, "s", "≤ 5 s", met=whole <= 5,
            reference=f"{size / 1_048_576:.1f} MiB; servers and reader {peak:.0f} MiB",
        ),
    ]  # fmt: skip
