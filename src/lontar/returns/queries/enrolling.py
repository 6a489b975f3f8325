"""Which units have a flagship, who of a unit is asked to report, and who might be asked besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lontar.designation.models import Flagship
from lontar.registry.models import Commodity, Enterprise
from lontar.registry.states import EnterpriseStatus
from lontar.returns.models import Producer
from lontar.returns.states import Maker


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the registry that nobody asks yet."""

    maker: Maker
    maker_id: int
    name: str
    product: str


def units_of(region: str, day: date) -> QuerySet[Flagship]:
    """Flagships in force on `day` at or beneath the region, by village."""
    rows = Flagship.objects.as_at(day).within(region).select_related("village", "commodity")
    return rows.order_by("village_id", "pk")


def asked_of(keys: list[str]) -> dict[str, int]:
    """How many producers each of the units has that are asked without an end, by unit key."""
    rows = Producer.objects.filter(unit_key__in=keys, until_month__isnull=True).values_list("unit_key")
    return dict(rows.annotate(number=Count("pk")).values_list("unit_key", "number"))


def producers_of(unit_key: str) -> QuerySet[Producer]:
    """Producers of the unit: those asked now before those of earlier, by name."""
    return Producer.objects.filter(unit_key=unit_key).order_by("-until_month", "name", "pk")


def candidates_of(flagship: Flagship, *, most: int) -> list[Candidate]:
    """Who makes the unit's product and is not asked: the school or community itself, else at most `most` enterprises by name.

    An enterprise makes the product where it names its commodity or has the commodity's KBLI class; without a commodity, any
    active enterprise of the village is offered.
    """
    own = flagship.school or flagship.community
    if own is not None:
        maker = Maker.SCHOOL if flagship.school_id else Maker.ORGANIZATION
        is_asked = Producer.objects.filter(**{f"{maker.value}_id": own.pk}, until_month__isnull=True).exists()
        return [] if is_asked else [Candidate(maker, own.pk, own.name, flagship.name)]
    return makers_in(flagship.village_id, flagship.commodity, most=most)


def makers_in(village: str, product: Commodity | None, *, most: int) -> list[Candidate]:
    """At most `most` active enterprises of the village that make the product and are not asked, by name.

    An enterprise makes it where it names the commodity or has its KBLI class; without a product every one is offered.
    """
    asked = Producer.objects.filter(enterprise=OuterRef("pk"), until_month__isnull=True)
    rows = Enterprise.objects.filter(~Exists(asked), village_id=village, status=EnterpriseStatus.ACTIVE)
    if product is not None:
        rows = rows.filter(Q(commodity=product) | Q(kbli=product.kbli) & ~Q(kbli=""))
    found = rows.order_by("name", "pk").values_list("pk", "name", "main_product")[:most]
    return [Candidate(Maker.ENTERPRISE, key, name, made) for key, name, made in found]
