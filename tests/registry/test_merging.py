"""Merging two records and undoing it: what stays, what moves, what refuses, and that nothing is lost on the way back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import models
from pghistory.models import Context
from tests.factories import MORNING, Member, make_enterprise, make_person
from tests.registry.merging import counts, recounted, snapshot

from lontar.access import scope
from lontar.engines.sealing import Sealer
from lontar.registry.actions import (
    MergeRefused,
    SeenDiffers,
    change_enterprise,
    merge_enterprises,
    merge_organizations,
    undo_merge,
    undo_merges,
)
from lontar.registry.models import Enterprise, Licence, Membership, Merge, MergeStep, Organization, Person, Product
from lontar.registry.queries.merging import merges_into, preview_merge, standing_for
from lontar.registry.rules.merging import (
    DERIVED,
    KEPT_NUMBERS,
    SUBJECTS,
    Rule,
    Side,
    foreign_relations,
)
from lontar.registry.states import MergeKind

LATER, LAST = MORNING + timedelta(hours=1), MORNING + timedelta(hours=2)
VILLAGE, NEXT, BEYOND = "53.09.01.2001", "53.09.01.2002", "53.10.01.2001"
NIB, OTHER_NIB = "1234567890123", "1234567890124"


def sealed(**values: str) -> dict[str, bytes]:
    sealer = Sealer(field_key=settings.FIELD_KEY, index_key=settings.INDEX_KEY)
    made = {}
    for name, value in values.items():
        made[f"{name}_sealed"] = sealer.seal(value, context=f"person.{name}")
        made[f"{name}_index"] = sealer.index(value, context=f"person.{name}")
    return made


class Office:
    """The regency officer at work: merging and undoing with the same words everywhere."""

    def __init__(self, member: Member) -> None:
        self.member = member
        member.enter()

    def merge(self, keep: Enterprise, absorb: Enterprise, **more: object) -> Merge:
        who = {"by": self.member.user, "post": self.member.held, "at": LATER}
        return merge_enterprises(keep=keep.pk, absorb=absorb.pk, **(who | more))  # type: ignore[arg-type]  # passed on

    def undo(self, *merges: Merge) -> list[object]:
        found = undo_merges(merges=[one.pk for one in merges], by=self.member.user, post=self.member.held, at=LAST)
        return list(found)


@pytest.fixture
def office(regency_officer: Member) -> Office:
    return Office(regency_officer)


def body(name: str = "Koperasi Contoh", **over: object) -> Organization:
    values: dict[str, object] = {"village_id": VILLAGE, "kind": "cooperative", "recorded_at": MORNING}
    return Organization.objects.create(name=name, **(values | over))


def product(of: Enterprise, name: str = "Selendang Contoh") -> Product:
    return Product.objects.create(
        village_id=VILLAGE, enterprise=of, name=name, category="weaving", stage="packaged", recorded_at=MORNING
    )


def licence(of: Enterprise, number: str = "IDM000000001") -> Licence:
    return Licence.objects.create(
        village_id=VILLAGE,
        enterprise=of,
        kind="merek",
        number=number,
        number_raw=number,
        is_format_ok=True,
        recorded_at=MORNING,
    )


def test_the_kept_record_takes_what_it_lacks_and_everything_that_hung_on_the_other(office: Office) -> None:
    keep = make_enterprise(main_product="Kain tenun", workers_unpaid=2, imk_class="mikro")
    absorb = make_enterprise(NEXT, name="Usaha Contoh Uji 2", nib=NIB, main_product="Tenun", workers_paid=6)
    moved, alone, shared = product(absorb), licence(absorb, "IDM000000002"), body()
    licence(keep), licence(absorb)
    Membership.objects.create(enterprise=keep, organization=shared)
    double = Membership.objects.create(enterprise=absorb, organization=shared)

    done = office.merge(keep, absorb, choices={"workers_paid": "absorb"})

    kept = Enterprise.objects.get(pk=keep.pk)
    assert (kept.name, kept.nib, kept.main_product, kept.village_id) == ("Usaha Contoh Uji", NIB, "Kain tenun", VILLAGE)
    assert (kept.workers_paid, kept.workers_unpaid, kept.imk_class, kept.recorded_at) == (6, None, "kecil", LATER)
    assert not Enterprise.objects.filter(pk=absorb.pk).exists()
    assert Product.objects.get(pk=moved.pk).enterprise_id == keep.pk
    assert Licence.objects.get(pk=alone.pk).enterprise_id == keep.pk
    assert Licence.objects.filter(enterprise=keep).count() == 2
    assert not Membership.objects.filter(pk=double.pk).exists()
    assert standing_for(absorb.pk) == keep.pk
    assert MergeStep.objects.filter(merge=done).count() == 4
    assert Context.objects.filter(metadata__action="registry.records.merged").count() == 1
    assert counts() == recounted()


def test_an_undo_brings_every_row_back_as_it_was(office: Office) -> None:
    owner = make_person(name="Contoh Maria", sex="P", **sealed(phone="+6281234567890"))
    other = make_person(name="Contoh M.", birth_year=1980, **sealed(nik="5309015505900001"))
    keep = make_enterprise(owner=owner, workers_paid=2, status="dormant", lat=-8.5, lon=120.9)
    absorb = make_enterprise(
        NEXT, owner=other, nib=NIB, workers_paid=3, annual_turnover=Decimal(5), verified_at=MORNING
    )
    more = make_enterprise(name="Usaha Contoh Kedua", owner=other)
    product(absorb), licence(keep), licence(absorb)
    shared = body()
    for one in (keep, absorb, more):
        Membership.objects.create(enterprise=one, organization=shared)
    before, counted = snapshot(), counts()

    done = office.merge(
        keep, absorb, choices={"owner": "same", "owner.name": "absorb", "village": "absorb", "workers_paid": "absorb"}
    )

    assert snapshot() != before
    assert Enterprise.objects.get(pk=more.pk).owner_id == owner.pk
    assert Enterprise.objects.get(pk=more.pk).owner_name == "Contoh M."
    assert not Person.objects.filter(pk=other.pk).exists()
    assert counts() == recounted()

    (undone,) = office.undo(done)

    assert snapshot() == before
    assert counts() == counted == recounted()
    assert (undone.stayed, undone.left) == ((), ())  # type: ignore[attr-defined]
    assert standing_for(absorb.pk) is None
    assert Context.objects.filter(metadata__action="registry.records.unmerged").count() == 1


def test_what_others_changed_since_stays_and_is_told(office: Office) -> None:
    keep, absorb = make_enterprise(main_product="Kopi"), make_enterprise(nib=NIB, start_year=2010)
    moved = product(absorb)
    done = office.merge(keep, absorb)
    change_enterprise(
        enterprise_id=keep.pk,
        values={"start_year": 2012, "main_product": "Kopi bubuk"},
        by=office.member.user,
        post=office.member.held,
        at=LATER + timedelta(minutes=5),
    )
    Product.objects.filter(pk=moved.pk).delete()
    added = product(keep, "Produk Baru Contoh")

    undone = undo_merge(merge=done.pk, by=office.member.user, post=office.member.held, at=LAST)

    kept = Enterprise.objects.get(pk=keep.pk)
    assert (kept.start_year, kept.main_product, kept.nib) == (2012, "Kopi bubuk", None)
    assert Enterprise.objects.get(pk=absorb.pk).nib == NIB
    assert Product.objects.get(pk=added.pk).enterprise_id == keep.pk
    assert undone.stayed == ("start_year",)
    assert undone.left == (("registry.Product.enterprise", 1),)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 1, 0)])
def test_merges_into_one_record_are_undone_in_any_order(office: Office, order: tuple[int, ...]) -> None:
    keep = make_enterprise()
    others = [make_enterprise(name=f"Usaha Contoh {n}", npwp=f"{n}" * 15, start_year=2000 + n) for n in (1, 2, 3)]
    before = snapshot()
    done = [office.merge(keep, one, choices={"npwp": "absorb", "name": "absorb"}, at=LATER) for one in others]

    for number in order:
        office.undo(done[number])

    assert snapshot() == before


def test_a_tree_is_taken_apart_from_above_and_says_so(office: Office) -> None:
    low, middle, top = (make_enterprise(name=f"Usaha Contoh {n}") for n in (1, 2, 3))
    moved = product(low)
    before = snapshot()
    first, second = office.merge(middle, low), office.merge(top, middle)
    assert standing_for(low.pk) == top.pk
    assert Product.objects.get(pk=moved.pk).enterprise_id == top.pk

    held = snapshot()
    with pytest.raises(MergeRefused, match=rf"Batalkan dahulu penggabungan Usaha Contoh 2 \(nomor {second.pk}\)"):
        office.undo(first)
    assert snapshot() == held

    office.undo(first, second)
    assert snapshot() == before


def test_owners_made_one_stay_so_while_a_later_merge_stands_on_them(office: Office) -> None:
    """The later merge would bring its record back with an owner that is another person again."""
    first, second, third = (make_person(name=f"Contoh Pemilik {n}") for n in (1, 2, 3))
    one, other = make_enterprise(owner=first), make_enterprise(owner=second)
    theirs, last, more = make_enterprise(owner=second), make_enterprise(owner=third), make_enterprise(owner=second)
    before = snapshot()
    owners = office.merge(one, other, choices={"owner": "same"})
    gone = office.merge(last, theirs, choices={"owner": "keep"})
    changed = office.merge(more, last, choices={"owner": "absorb"})
    for later in (changed, gone):
        held = snapshot()
        with pytest.raises(MergeRefused, match="Batalkan dahulu penggabungan"):
            office.undo(owners)
        assert snapshot() == held
        office.undo(later)
    office.undo(owners)

    assert snapshot() == before


def test_two_numbers_are_two_businesses_and_two_people(office: Office) -> None:
    one, other = make_enterprise(nib=NIB), make_enterprise(nib=OTHER_NIB)
    first = make_person(**sealed(nik="5309015505900001"))
    second = make_person(**sealed(nik="5309015505900002"))
    mine, yours = make_enterprise(owner=first), make_enterprise(owner=second)
    before = snapshot()

    with pytest.raises(MergeRefused, match="NIB keduanya berbeda"):
        office.merge(one, other)
    for choice in ("same", "keep", "absorb"):
        with pytest.raises(MergeRefused, match="NIK pemilik keduanya berbeda"):
            office.merge(mine, yours, choices={"owner": choice})
    with pytest.raises(MergeRefused, match="Pilih dua catatan yang berbeda"):
        office.merge(one, one)
    assert (snapshot(), Merge.objects.count()) == (before, 0)


def test_beyond_the_region_nothing_is_merged_and_nothing_told(office: Office) -> None:
    with scope.acting_in("53"):
        away = make_enterprise(BEYOND)
    here = make_enterprise()

    with pytest.raises(MergeRefused, match="tidak ada di wilayah tugas Anda"):
        office.merge(here, away)
    with pytest.raises(MergeRefused, match="tidak ada di wilayah tugas Anda"):
        office.merge(away, here)
    assert Merge.objects.count() == 0


def test_an_undo_beyond_the_region_is_refused_whole(office: Office, province_admin: Member) -> None:
    here = make_enterprise()
    with scope.acting_in("53"):
        away = make_enterprise(BEYOND)
        done = Office(province_admin).merge(here, away)
    office.member.enter()
    before = snapshot()

    with pytest.raises(MergeRefused, match="di luar wilayah tugas Anda"):
        office.undo(done)

    assert snapshot() == before
    assert Merge.objects.get(pk=done.pk).undone_at is None


def test_what_has_changed_since_the_preview_is_not_merged(office: Office) -> None:
    keep, absorb = make_enterprise(), make_enterprise(nib=NIB)
    seen = preview_merge(keep=keep.pk, absorb=absorb.pk).mark
    Enterprise.objects.filter(pk=absorb.pk).update(main_product="Kopi")

    with pytest.raises(SeenDiffers, match="baru saja diubah orang lain"):
        office.merge(keep, absorb, seen=seen)

    office.merge(keep, absorb, seen=preview_merge(keep=keep.pk, absorb=absorb.pk).mark)
    assert Enterprise.objects.get(pk=keep.pk).main_product == "Kopi"


def test_a_number_given_away_since_stops_the_undo(office: Office) -> None:
    keep, absorb = make_enterprise(), make_enterprise(nib=NIB)
    done = office.merge(keep, absorb)
    Enterprise.objects.filter(pk=keep.pk).update(nib=None)
    make_enterprise(name="Usaha Contoh Lain", nib=NIB)
    before = snapshot()

    with pytest.raises(MergeRefused, match="kini dipakai catatan lain"):
        office.undo(done)

    assert snapshot() == before
    assert Merge.objects.get(pk=done.pk).undone_at is None


def test_nothing_is_undone_twice_and_a_part_not_alone(office: Office) -> None:
    keep = make_enterprise(owner=make_person())
    done = office.merge(keep, make_enterprise(owner=make_person()))
    part = Merge.objects.get(part_of=done)
    assert part.kind == MergeKind.PERSON

    with pytest.raises(MergeRefused, match="Ini bagian dari penggabungan usaha"):
        office.undo(part)
    office.undo(done)
    with pytest.raises(MergeRefused, match="sudah dibatalkan"):
        office.undo(done)


def test_a_preview_says_field_by_field_what_stays_and_what_moves(office: Office) -> None:
    keep = make_enterprise(main_product="Kain tenun", kbli="13121", kbli_version=2020)
    absorb = make_enterprise(main_product="Tenun ikat", nib=NIB)
    product(absorb), licence(keep), licence(absorb)

    found = preview_merge(keep=keep.pk, absorb=absorb.pk, choices={"main_product": "absorb"})

    fields = {one.key: one for one in found.fields}
    assert [one.key for one in found.conflicts] == ["main_product"]
    assert (fields["main_product"].side, fields["nib"].side) == (Side.ABSORB, Side.ABSORB)
    assert (fields["kbli"].keep, fields["kbli"].side) == (("13121", 2020), Side.KEEP)
    moving = {one.name: (one.moving, one.set_aside) for one in found.relations}
    assert moving["registry.Product.enterprise"] == (1, 0)
    assert moving["registry.Licence.enterprise"] == (0, 1)
    assert (found.refusals, found.is_possible) == ((), True)
    assert Enterprise.objects.count() == 2


def test_owners_of_different_name_and_other_businesses_stay_two_people_unless_said(office: Office) -> None:
    maria, yohanes = make_person(name="Contoh Maria"), make_person(name="Contoh Yohanes")
    keep, absorb = make_enterprise(owner=maria), make_enterprise(owner=yohanes)
    make_enterprise(name="Usaha Contoh Yohanes", owner=yohanes)

    assert preview_merge(keep=keep.pk, absorb=absorb.pk).owner_choice == "keep"
    office.merge(keep, absorb, choices={"owner": "absorb"})

    kept = Enterprise.objects.get(pk=keep.pk)
    assert (kept.owner_id, kept.owner_name, Person.objects.count()) == (yohanes.pk, "Contoh Yohanes", 2)


def test_organisations_merge_with_members_and_products(office: Office) -> None:
    one, other = body(), body("KOPERASI CONTOH", members=12)
    both, alone = make_enterprise(), make_enterprise(name="Usaha Contoh Anggota")
    for of, maker in ((one, both), (other, both), (other, alone)):
        Membership.objects.create(enterprise=maker, organization=of)
    before = snapshot()

    done = merge_organizations(keep=one.pk, absorb=other.pk, by=office.member.user, post=office.member.held, at=LATER)

    assert Organization.objects.get().members == 12
    assert sorted(Membership.objects.values_list("enterprise_id", flat=True)) == sorted([both.pk, alone.pk])
    office.undo(done)
    assert snapshot() == before


def test_the_record_lists_what_it_absorbed(office: Office) -> None:
    keep, absorb = make_enterprise(owner=make_person()), make_enterprise(name="Usaha Contoh Dua", owner=make_person())
    product(absorb)
    done = office.merge(keep, absorb)

    (line,) = merges_into(keep.pk)

    assert (line.pk, line.absorbed_id, line.absorbed_name, line.moved) == (done.pk, absorb.pk, "Usaha Contoh Dua", 1)
    assert (line.merged_by, line.undone_at) == ("Goris Contoh Kabupaten", None)


# --- the declarations hold for every model of the house ---------------------------------------------------------------


def our_models() -> list[type[models.Model]]:
    from tests.structure.test_house import our_models as walked

    return [model for model in walked() if model._meta.managed]


def test_every_foreign_key_to_a_record_that_merges_is_declared() -> None:
    targets = {subject.model: subject for subject in SUBJECTS.values()}
    missing = []
    for model in our_models():
        for field in model._meta.concrete_fields:
            subject = targets.get(field.related_model)  # type: ignore[arg-type]  # None for a field that is no link
            name = f"{model._meta.label}.{field.name}"
            known = (
                {one.name for one in subject.relations} | {one.name for one in foreign_relations(subject.kind)}
                if subject
                else set()
            )
            if subject is not None and name not in known:
                missing.append(name)
    assert missing == [], "declare in lontar.registry.rules.merging what merging does with these rows"


def test_every_number_that_points_at_a_record_is_declared() -> None:
    foreign = {one.name for kind in MergeKind for one in foreign_relations(kind)}
    declared = {name for name in foreign if name.endswith("_id")} | set(KEPT_NUMBERS)
    found = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.concrete_fields
        if field.related_model is None and field.name.endswith("_id")
    }
    assert found == declared


def test_every_column_of_a_record_that_merges_has_a_rule() -> None:
    for subject in SUBJECTS.values():
        derived = DERIVED.get(subject.model._meta.label, frozenset())
        columns = {one.attname for one in subject.model._meta.concrete_fields if one.name not in derived} - {"id"}
        assert sorted(subject.columns) == sorted(columns), subject.kind
        assert all(isinstance(group.rule, Rule) for group in subject.groups)


def test_history_keeps_whole_every_row_that_merging_takes_out() -> None:
    taken = {subject.model for subject in SUBJECTS.values()} | {
        relation.model for subject in SUBJECTS.values() for relation in subject.relations if relation.like
    }
    for model in taken:
        kept = {one.attname for one in model.pgh_event_model._meta.concrete_fields}  # type: ignore[attr-defined]
        derived = DERIVED.get(model._meta.label, frozenset())
        assert {one.attname for one in model._meta.concrete_fields if one.name not in derived} <= kept, model
