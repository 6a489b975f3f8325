"""What the demo province has proposed and decreed: 44 loci with flagships, some of schools and communities, every stage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lontar.access.models import Post, User
    from lontar.designation.actions import Meeting
    from lontar.designation.models import LocusRound, Proposal
    from lontar.designation.queries.units import UnitFacts

ROUND = "Lokus tahap I (contoh)"
RETURNED, AT_REGENCY, AT_PROVINCE = "53.09.02.2010", "53.01.04.2003", "53.71.01.1001"
SCHOOLS, COMMUNITIES, COACHED = 6, 4, 5
REASON = "Contoh: musyawarah mengetahui pembeli dan perajinnya sudah ada."
MISSING = "Contoh: daftar hadir belum ditandatangani; unggah lagi halaman kedua."
UNFIT = "Contoh: sekolah ini sedang digabung; usulkan lagi sesudah penggabungan."
PROVINCE = "53"
_MINUTES = b"#set page(width: 148mm, height: 210mm)\n= Berita acara contoh\nRekaan, untuk peragaan."


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as which post."""

    by: User
    post: Post


def decree_some(say: Callable[[str], None]) -> None:
    """Propose, check and decree; does nothing once anything was proposed. All of it or nothing."""
    from django.conf import settings
    from django.db import transaction

    from lontar.access.scope import acting_in
    from lontar.designation.models import Decree, Proposal
    from lontar.registry.models import School

    with acting_in(settings.PROGRAMME_ROOT):
        if Proposal.objects.exists() or Decree.objects.exists() or not School.objects.exists():
            return
        started = time.monotonic()
        with transaction.atomic():
            number = _Telling().tell()
    say(f"  penetapan contoh: {number} produk unggulan ({time.monotonic() - started:.1f} s)")


class _Telling:
    """The story of the demo, in order; keeps who acts."""

    def __init__(self) -> None:
        from django.utils import timezone

        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.province = _actor("DPMD-BIDANG")
        self.schools = _actor("PK-DATA")
        self.meeting = self._meeting()

    def tell(self) -> int:
        """Everything; how many flagships were decreed."""
        villages = self._loci()
        bodies = self._best("community", COMMUNITIES)
        _ensure_officers({*villages, *(one.village_code for one in bodies), RETURNED, AT_REGENCY, AT_PROVINCE})
        decreed = self._propose(self._units(villages), None)
        schools = self._propose(self._best("school", SCHOOLS), self.schools)
        decreed += self._propose(bodies, None) + schools[:-1]
        number = self._decree(decreed)
        self._stages()
        self._refuse()
        self._coach(decreed[:COACHED])
        return number

    def _meeting(self) -> Meeting:
        import io
        from datetime import timedelta

        from lontar.designation.actions import Meeting
        from lontar.engines.papers.pdf import compile_pdf
        from lontar.intake.steps import storage

        kept = storage.keep(io.BytesIO(compile_pdf(_MINUTES, {}, at=self.now)))
        return Meeting(
            day=self.today - timedelta(days=21), place="Balai desa", women=23, men=19, minutes_sha256=kept.sha256,
            minutes_type="application/pdf", minutes_size=kept.size,
        )  # fmt: skip

    def _loci(self) -> list[str]:
        """A round with two for each kabupaten/kota, ranked and decreed; the codes of its villages."""
        from lontar.designation import actions
        from lontar.designation.models import LocusEntry
        from lontar.designation.states import LocusGate, Place
        from lontar.selection.models import CriteriaSet, Ranking
        from lontar.selection.queries import DEFAULT_SET

        gates = [LocusGate.PRODUCERS, LocusGate.NO_LOCUS]
        if Ranking.objects.current().exists():
            gates.insert(0, LocusGate.CANDIDATE)
        name = CriteriaSet.objects.filter(key=DEFAULT_SET).values_list("name", flat=True).first() or DEFAULT_SET
        found = actions.open_round(
            name=ROUND, set_key=DEFAULT_SET, set_name=name, gates=gates, quota=2,
            source="Usulan program: 44 = 2 × 22 kabupaten/kota; perlu konfirmasi", **self._who(self.province),
        )  # fmt: skip
        found = actions.rank_round(round_id=found.pk, **self._who(self.province))
        self._decree_loci(found)
        rows = LocusEntry.objects.filter(round=found, place=Place.CHOSEN).order_by("village_id")
        return list(rows.values_list("village_id", flat=True))

    def _decree_loci(self, found: LocusRound) -> None:
        from lontar.designation import actions
        from lontar.designation.queries.preview import preview_loci

        stamp = preview_loci(found, day=self.today).stamp()
        actions.issue_loci(round_id=found.pk, signing=self._signing("Penetapan Lokus Program (contoh)", stamp))

    def _who(self, actor: Actor) -> dict[str, Any]:
        return {"by": actor.by, "post": actor.post, "at": self.now}

    def _signing(self, about: str, stamp: str) -> Any:
        from lontar.designation.actions import Signing

        return Signing(
            by=self.province.by,
            post=self.province.post,
            at=self.now,
            about=about,
            effective_date=self.today,
            stamp=stamp,
        )

    def _units(self, codes: Iterable[str]) -> list[UnitFacts]:
        from lontar.designation.queries.units import units_of

        return list(units_of(f"village:{code}" for code in codes).values())

    def _best(self, kind: str, limit: int) -> list[UnitFacts]:
        """Schools or communities whose first candidate stands best; the first of the registry where nothing is ranked."""
        from lontar.designation.queries.units import units_of
        from lontar.registry.models import Organization, School
        from lontar.selection.queries import best
        from lontar.selection.states import UnitKind

        keys = [one.unit.key for one in best(PROVINCE, kind=UnitKind(kind), limit=limit)]
        if not keys and kind == UnitKind.SCHOOL:
            keys = [f"school:{pk}" for pk in School.objects.order_by("pk").values_list("pk", flat=True)[:limit]]
        elif not keys:
            rows = Organization.objects.filter(kind="community").order_by("pk")
            keys = [f"community:{pk}" for pk in rows.values_list("pk", flat=True)[:limit]]
        return list(units_of(keys).values())

    def _propose(self, units: Iterable[UnitFacts], by: Actor | None) -> list[Proposal]:
        """Sent by the village's officer unless somebody is named, and accepted by kabupaten/kota and province."""
        from lontar.designation import actions
        from lontar.designation.states import Move

        sent = [found for unit in units if (found := self.send(unit, by or _officer(unit.village_code))) is not None]
        for code in sorted({one.village_id[:5] for one in sent}):
            ids = [one.pk for one in sent if one.village_id.startswith(code)]
            regency = _actor(f"PMD-{code.replace('.', '')}-BIDANG")
            actions.move_proposals(ids=ids, move=Move.ACCEPTED, **self._who(regency))
        actions.move_proposals(ids=[one.pk for one in sent], move=Move.ACCEPTED, **self._who(self.province))
        return sent

    def send(self, unit: UnitFacts, actor: Actor) -> Proposal | None:
        """The unit's proposal: the first of its ranking, else what it makes, else what it grows; None for none of these."""
        from lontar.designation import actions

        choice = _choice_of(unit)
        if choice is None:
            return None
        return actions.propose(unit=unit, choice=choice, meeting=self.meeting, reason=REASON, **self._who(actor))

    def _decree(self, proposals: list[Proposal]) -> int:
        from lontar.designation import actions
        from lontar.designation.queries.preview import preview_opening

        preview = preview_opening([one.pk for one in proposals], day=self.today, today=self.today)
        keys = [row.key for row in preview.clear]
        about = "Penetapan Produk Unggulan Desa, Sekolah, dan Komunitas (contoh)"
        actions.issue_opening(ids=keys, signing=self._signing(about, preview.stamp(keys)))
        return len(keys)

    def _stages(self) -> None:
        """One proposal with each who may hold one: its village, a kabupaten/kota, the province, and one refused."""
        from lontar.designation import actions
        from lontar.designation.queries.proposals import open_by_unit
        from lontar.designation.states import Move

        for code, moves in ((RETURNED, [Move.RETURNED]), (AT_REGENCY, []), (AT_PROVINCE, [Move.ACCEPTED])):
            for unit in self._units([code]):
                held = open_by_unit([unit.key]).get(unit.key)
                proposal = held or self.send(unit, _officer(code))
                if proposal is None:
                    continue
                regency = _actor(f"PMD-{code[:5].replace('.', '')}-BIDANG")
                for move in moves:
                    actions.move_proposal(proposal_id=proposal.pk, move=move, reason=MISSING, **self._who(regency))

    def _refuse(self) -> None:
        """One more school is refused by its kabupaten/kota."""
        from lontar.designation import actions
        from lontar.designation.states import Move

        for unit in self._best("school", SCHOOLS + 1)[SCHOOLS:]:
            proposal = self.send(unit, self.schools)
            if proposal is not None:
                regency = _actor(f"PMD-{unit.village_code[:5].replace('.', '')}-BIDANG")
                actions.move_proposal(proposal_id=proposal.pk, move=Move.REFUSED, reason=UNFIT, **self._who(regency))

    def _coach(self, proposals: list[Proposal]) -> None:
        """Coaching has begun for a few, and one of them is evaluated."""
        from lontar.designation import actions
        from lontar.designation.states import Move

        for place, one in enumerate(proposals):
            regency = _actor(f"PMD-{one.village_id[:5].replace('.', '')}-BIDANG")
            moves = [Move.COACHED, Move.EVALUATED] if place == 0 else [Move.COACHED]
            for move in moves:
                actions.move_proposal(proposal_id=one.pk, move=move, **self._who(regency))


def _choice_of(unit: UnitFacts) -> Any:
    from lontar.designation.actions import Choice
    from lontar.designation.queries.advice import advice_for
    from lontar.registry.models import Product, VillagePotential

    advice = advice_for(unit.key)
    if advice is not None and advice.first is not None:
        first = advice.first
        return Choice(first.name, first.commodity_id, first.product_id)
    made = Product.objects.filter(village_id=unit.village_code)
    if unit.school_id is not None:
        made = made.filter(school_id=unit.school_id)
    elif unit.community_id is not None:
        made = made.filter(organization_id=unit.community_id)
    product = made.order_by("-stage", "pk").first()
    if product is not None:
        return Choice(product.name, product.commodity_id, product.pk)
    grown = VillagePotential.objects.filter(village_id=unit.village_code).select_related("commodity")
    one = grown.order_by("-production", "pk").first()
    return Choice(one.commodity.name, one.commodity_id) if one is not None else None


def _actor(code: str) -> Actor:
    from lontar.access.models import Holding

    held = Holding.objects.select_related("user", "post__agency").get(post__code=code, valid_until__isnull=True)
    return Actor(held.user, held.post)


def _officer(village: str) -> Actor:
    return _actor(f"DESA-{village.replace('.', '')}-SEKRETARIS")


def _ensure_officers(codes: set[str]) -> None:
    """A village office with one officer for each of the villages; those that are there stay."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from lontar.access.models import Agency, Holding, Post, User
    from lontar.access.trail import recorded
    from lontar.cli.demo import password
    from lontar.engines.demo import demo_people
    from lontar.registry.models import Region
    from lontar.registry.presenters import titled

    now = timezone.now()
    rows = Region.objects.filter(code__in=codes)
    cast = demo_people({one.code: titled(one.name, one.kind) for one in rows})
    there = set(Agency.objects.filter(code__startswith="DESA-").values_list("code", flat=True))
    wanted = {one.code for one in cast.agencies if one.kind == "village"} - there
    word = make_password(password())
    with recorded("access.demo.loaded", by=None, at=now):
        agencies = {
            one.code: one
            for one in Agency.objects.bulk_create(
                Agency(code=a.code, name=a.name, short_name=a.short, kind=a.kind, region_code=a.scope)
                for a in cast.agencies
                if a.code in wanted
            )
        }
        posts = {
            one.code: one
            for one in Post.objects.bulk_create(
                Post(code=p.code, title=p.title, agency=agencies[p.agency], role=p.role, region_code=p.scope)
                for p in cast.posts
                if p.agency in wanted
            )
        }
        people = [one for one in cast.holders if one.post in posts]
        users = User.objects.bulk_create(
            User(username=h.username, full_name=h.name, email=h.email, password=word, date_joined=now) for h in people
        )
        Holding.objects.bulk_create(
            Holding(post=posts[h.post], user=user, valid_from=timezone.localdate(now))
            for h, user in zip(people, users, strict=True)
        )
