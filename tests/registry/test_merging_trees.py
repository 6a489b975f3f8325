"""Random merge trees: whatever is merged and in whichever legal order it is undone, every row and count is as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.factories import MORNING, Member, make_agency, make_enterprise, make_person, make_post, make_region
from tests.registry.merging import claims, counts, recounted, snapshot
from tests.registry.test_merging import NEXT, VILLAGE, body, licence, product, sealed

from lontar.access.models import Agency, Post
from lontar.access.states import AgencyKind
from lontar.intake.models import Batch, BatchRow
from lontar.registry.actions import MergeRefused, change_enterprise, merge_enterprises, undo_merge
from lontar.registry.models import Enterprise, Membership, Merge, Product

pytestmark = pytest.mark.django_db
MANY = 6
GROUPS = (
    "name",
    "village",
    "npwp",
    "main_product",
    "kbli",
    "workers_paid",
    "annual_turnover",
    "capital",
    "status",
    "lat",
)
OWNER = ("owner.name", "owner.village", "owner.sex", "owner.birth_year", "owner.phone_sealed")


@dataclass(frozen=True)
class Act:
    """One step of a history: two records become one, or (`undo`) a merge is taken back."""

    undo: bool
    first: int
    second: int
    choices: dict[str, str]


choices = st.dictionaries(st.sampled_from((*GROUPS, *OWNER)), st.sampled_from(("keep", "absorb")), max_size=8)
owners = st.sampled_from(({}, {"owner": "same"}, {"owner": "keep"}, {"owner": "absorb"}))
act = st.builds(
    lambda undo, first, second, chosen, owner: Act(undo, first, second, chosen | owner),
    st.sampled_from((False, False, True)),
    st.integers(0, 20),
    st.integers(0, 20),
    choices,
    owners,
)
fields = st.fixed_dictionaries(
    {
        "village": st.sampled_from((VILLAGE, NEXT)),
        "npwp": st.sampled_from(("", "0" * 15, "1" * 15)),
        "main_product": st.sampled_from(("", "Kopi", "Tenun")),
        "kbli": st.sampled_from((("", None), ("13121", 2020), ("10761", 2025))),
        "workers": st.sampled_from(((None, None), (1, None), (4, 3))),
        "annual_turnover": st.sampled_from((None, Decimal(0), Decimal(3_000_000_000))),
        "capital": st.sampled_from((None, Decimal(7))),
        "status": st.sampled_from(("active", "closed", "dormant")),
        "point": st.sampled_from(((None, None), (-8.5, 120.9))),
        "verified": st.booleans(),
        "nib": st.sampled_from((False, False, False, False, True)),
        "owner": st.integers(0, 5),
        "bodies": st.sets(st.integers(0, 2)),
        "marks": st.sets(st.integers(0, 2)),
        "products": st.integers(0, 2),
        "rows": st.integers(0, 2),
        "source": st.sampled_from((None, "dpmd", "dpmd", "bps", "cooperatives")),
        "says": st.lists(
            st.tuples(st.sampled_from(("bps", "cooperatives")), st.sampled_from((None, 5, 9))), max_size=2
        ),
    }
)
people = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(("Contoh Maria", "CONTOH MARIA", "Contoh Yohanes")),
            "village": st.sampled_from((VILLAGE, NEXT)),
            "sex": st.sampled_from(("", "P", "L")),
            "birth_year": st.sampled_from((None, 1970, 1980)),
            "nik": st.sampled_from((False, False, False, True)),
            "phone": st.booleans(),
            "source": st.sampled_from((None, "dpmd", "bps")),
        }
    ),
    min_size=4,
    max_size=4,
)


def agencies() -> dict[str, Agency]:
    """The agencies that the enterprises of an example come from."""
    return {
        kind: Agency.objects.filter(code=f"uji-{kind}").first() or make_agency(f"uji-{kind}", kind=AgencyKind(kind))
        for kind in ("dpmd", "bps", "cooperatives")
    }


def speak(pk: int, says: list[tuple[str, int | None]], member: Member, posts: dict[str, Post]) -> None:
    """Other agencies say what they know of the turnover."""
    for number, (kind, value) in enumerate(says):
        at = MORNING - timedelta(days=9 - number)
        change_enterprise(enterprise_id=pk, values={"annual_turnover": value}, by=member.user, post=posts[kind], at=at)


def build(made: list[dict[str, object]], known: list[dict[str, object]], batch: Batch, member: Member) -> list[int]:
    """The world of an example: its owners, enterprises and everything that hangs on them; the ids of the enterprises."""
    persons = []
    senders = agencies()
    posts = {kind: make_post(f"uji-{kind}", agency=one) for kind, one in senders.items()}
    for number, one in enumerate(known):
        secret = {"nik": f"530901550590000{number}"} if one["nik"] else {}
        secret |= {"phone": f"+62812345678{number}0"} if one["phone"] else {}
        plain = {key: one[key] for key in ("name", "sex", "birth_year")}
        source = senders.get(str(one["source"]))
        persons.append(make_person(str(one["village"]), source_agency=source, **plain, **sealed(**secret)))
    bodies = [body(f"Koperasi Contoh {n}") for n in range(3)]
    ids = []
    for number, one in enumerate(made):
        ids.append(_enterprise(number, one, persons, senders.get(str(one["source"]))).pk)
        maker = Enterprise.objects.get(pk=ids[-1])
        for n in sorted(one["bodies"]):  # type: ignore[call-overload]  # a set of small numbers
            Membership.objects.create(enterprise=maker, organization=bodies[n])
        for n in sorted(one["marks"]):  # type: ignore[call-overload]  # a set of small numbers
            licence(maker, f"IDM00000000{n}")
        speak(ids[-1], one["says"], member, posts)  # type: ignore[arg-type]  # a list of pairs
        for n in range(int(str(one["products"]))):
            product(maker, f"Produk Contoh {n}")
        BatchRow.objects.bulk_create(
            BatchRow(
                batch=batch, row_no=number * 10 + n, outcome=1, target_id=maker.pk, row_hash=bytes([number, n]) * 8
            )
            for n in range(int(str(one["rows"])))
        )
    return ids


def _enterprise(number: int, one: dict[str, object], persons: list[object], source: Agency | None) -> Enterprise:
    kbli, workers, point = one["kbli"], one["workers"], one["point"]
    assert isinstance(kbli, tuple)
    assert isinstance(workers, tuple)
    assert isinstance(point, tuple)
    plain = {key: one[key] for key in ("npwp", "main_product", "annual_turnover", "capital", "status")}
    owner = int(str(one["owner"]))
    return make_enterprise(
        str(one["village"]),
        name=f"Usaha Contoh {number}",
        source_agency=source,
        owner=persons[owner] if owner < len(persons) else None,
        nib=f"912345678901{number}" if one["nib"] else None,
        kbli=kbli[0],
        kbli_version=kbli[1],
        workers_paid=workers[0],
        workers_unpaid=workers[1],
        lat=point[0],
        lon=point[1],
        verified_at=MORNING if one["verified"] else None,
        **plain,
    )


class History:
    """A history being made: it merges and undoes, and looks at the counts after every step."""

    def __init__(self, member: Member, ids: list[int]) -> None:
        self.member, self.ids, self.step = member, ids, 0

    def who(self) -> dict[str, object]:
        self.step += 1
        return {"by": self.member.user, "post": self.member.held, "at": MORNING + timedelta(minutes=self.step)}

    def take(self, one: Act) -> None:
        """One step, refused or not; the counts are right either way."""
        held = snapshot()
        try:
            if one.undo:
                self.undo_one_of(one.first)
            else:
                there = sorted(Enterprise.objects.filter(pk__in=self.ids).values_list("pk", flat=True))
                keep = there.pop(one.first % len(there))
                absorb = there[one.second % len(there)] if there else keep
                merge_enterprises(keep=keep, absorb=absorb, choices=one.choices, **self.who())  # type: ignore[arg-type]
        except MergeRefused:
            assert snapshot() == held
        assert counts() == recounted()

    def undo_one_of(self, number: int) -> bool:
        """Undo one of the standing merges, if it can be; whether there was one."""
        standing = list(Merge.objects.standing().filter(part_of=None).order_by("pk").values_list("pk", flat=True))
        if not standing:
            return False
        undo_merge(merge=standing[number % len(standing)], **self.who())  # type: ignore[arg-type]
        return True

    def undo_all(self, order: list[int]) -> None:
        """Undo everything that stands, in an order led by `order`; what has to wait is tried again."""
        for turn in range(200):
            standing = Merge.objects.standing().filter(part_of=None).count()
            if not standing:
                return
            for number in range(standing):
                try:
                    self.undo_one_of(order[turn % len(order)] + number)
                    break
                except MergeRefused:
                    continue
            else:
                raise AssertionError("nothing that stands can be undone")
            assert counts() == recounted()


@pytest.fixture
def batch(regency_officer: Member) -> Batch:
    """A list that some of the enterprises came from."""
    make_region(VILLAGE), make_region(NEXT)
    regency_officer.enter()
    return Batch.objects.create(
        dataset="enterprises",
        agency=make_agency("bps-contoh"),
        post=regency_officer.held,
        submitted_by=regency_officer.user,
        region_code="53.09",
        channel="web",
        file_name="contoh.csv",
        sha256="0" * 64,
        size=1,
        created_at=MORNING,
    )


@given(
    made=st.lists(fields, min_size=4, max_size=MANY),
    known=people,
    acts=st.lists(act, min_size=5, max_size=12),
    order=st.lists(st.integers(0, 20), min_size=1, max_size=6),
)
@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_after_any_history_of_merges_an_undo_of_all_restores_everything(
    regency_officer: Member,
    batch: Batch,
    made: list[dict[str, object]],
    known: list[dict[str, object]],
    acts: list[Act],
    order: list[int],
) -> None:
    with transaction.atomic():
        ids = build(made, known, batch, regency_officer)
        before, counted, said = snapshot(), counts(), claims()
        assert counted == recounted()
        history = History(regency_officer, ids)
        for one in acts:
            history.take(one)

        history.undo_all(order)

        assert snapshot() == before
        assert {number: words for number, words in claims().items() if number in said} == said
        assert counts() == counted
        assert Product.objects.count() == len(before["registry_product"])
        transaction.set_rollback(True)
