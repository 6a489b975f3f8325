"""Whose claim holds: random statements of several agencies against a plain reference, as at any day, accepted, taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import MORNING, Member, make_agency, make_enterprise, make_post, make_region

from lontar.access.models import Post
from lontar.access.states import AgencyKind, Role
from lontar.access.trail import recorded
from lontar.audit.actions import ReasonTooShort
from lontar.registry.actions import (
    AuthorityRefused,
    NoSuchClaim,
    accept_claim,
    accept_many,
    change_enterprise,
    follow_authorities,
    release_acceptance,
    set_authority,
)
from lontar.registry.models import Acceptance, Authority, Disagreement, Enterprise, EnterpriseClaim
from lontar.registry.queries.claims import enterprises_as_at, values_as_at, verdicts
from lontar.registry.rules.claims import ENTERPRISE, Statement, verdict
from lontar.registry.states import Topic

pytestmark = pytest.mark.django_db
VILLAGE = "53.09.01.2001"
REASON = "Diperiksa di tempat usaha contoh"
MONEY = "annual_turnover"
# What the table says for money from the start (0014_authorities): cooperatives, then BPS, industry, DPMD; others last.
RANKS = {"dpmd": 4, "bps": 2, "cooperatives": 1, "tourism": 100, "education": 100}


@dataclass
class World:
    """An enterprise of which DPMD alone has spoken, and posts of several agencies that may speak of it."""

    member: Member
    posts: dict[str, Post]
    enterprise: Enterprise
    step: int = 0
    spoken: list[tuple[datetime, str, Any]] = field(default_factory=list)

    def moment(self, days: int = 0) -> datetime:
        """The next instant, `days` later."""
        self.step += days * 1440 + 1
        return MORNING + timedelta(minutes=self.step)

    def say(self, kind: str, at: datetime | None = None, **values: object) -> Enterprise:
        """The officer of an agency writes into the form."""
        return change_enterprise(
            enterprise_id=self.enterprise.pk,
            values=values,
            by=self.member.user,
            post=self.posts[kind],
            at=at or self.moment(),
        )

    def who(self, at: datetime | None = None) -> dict[str, Any]:
        return {"by": self.member.user, "post": self.member.held, "at": at or self.moment()}

    def claim(self, kind: str) -> EnterpriseClaim:
        """The newest claim of an agency."""
        return EnterpriseClaim.objects.filter(agency=self.posts[kind].agency).latest("pk")

    def turnover(self) -> Decimal | None:
        self.enterprise.refresh_from_db()
        return self.enterprise.annual_turnover

    def open_fields(self) -> list[str]:
        """The fields in which agencies openly differ."""
        found = Disagreement.objects.filter(enterprise=self.enterprise).first()
        return sorted(found.fields) if found else []


def build(member: Member) -> World:
    """Made anew for every example."""
    member.enter()
    posts = {
        kind: make_post(
            f"petugas-{kind}",
            agency=make_agency(f"uji-{kind}", kind=AgencyKind(kind), region_code="53"),
            role=Role.PROVINCE_ADMIN,
        )
        for kind in RANKS
    }
    with recorded("registry.enterprise.changed", by=member.user, at=MORNING):
        enterprise = make_enterprise(
            VILLAGE, name="Kopi Contoh", annual_turnover=Decimal(100), source_agency=posts["dpmd"].agency
        )
    world = World(member, posts, enterprise)
    world.spoken.append((MORNING, "dpmd", Decimal(100)))
    return world


@pytest.fixture
def world(province_admin: Member) -> World:
    make_region(VILLAGE)
    return build(province_admin)


def in_force(spoken: list[tuple[datetime, str, Any]], ranks: dict[str, int]) -> Any:
    """The rule once more, plainly: the newest word of each agency, of these the best rank, of equal ranks the newest."""
    newest: dict[str, tuple[datetime, Any]] = {}
    for at, kind, value in spoken:
        newest[kind] = (at, value)
    told = [(ranks[kind], -at.timestamp(), value) for kind, (at, value) in newest.items() if value is not None]
    return min(told, key=lambda one: one[:2])[2] if told else None


said = st.tuples(
    st.sampled_from(tuple(RANKS)), st.integers(0, 3), st.sampled_from((None, 100, 200, 300, 4_000_000_000))
)


@given(statements=st.lists(said, min_size=1, max_size=12))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_holds_after_any_statements_and_as_at_any_day_is_what_the_plain_rule_says(
    province_admin: Member, statements: list[tuple[str, int, int | None]]
) -> None:
    with transaction.atomic():
        make_region(VILLAGE)
        world = build(province_admin)
        for kind, days, value in statements:
            at = world.moment(days)
            world.say(kind, at, annual_turnover=value)
            world.spoken.append((at, kind, None if value is None else Decimal(value)))
            assert world.turnover() == in_force(world.spoken, RANKS)

        first, last = MORNING.date(), world.spoken[-1][0].date()
        for back in range((last - first).days + 2):
            day = first + timedelta(days=back)
            until = [one for one in world.spoken if one[0] < MORNING.replace(hour=16, minute=0) + timedelta(days=back)]
            found = values_as_at(world.enterprise.pk, day)
            assert found is not None
            assert found.values[MONEY] == in_force(until, RANKS)
            held = found.said[MONEY].in_force if found.said else None
            if held is not None:
                assert held.said[MONEY] == found.values[MONEY]
            assert [one.values[MONEY] for one in enterprises_as_at(day, "53.09")] == [found.values[MONEY]]
        assert values_as_at(world.enterprise.pk, first - timedelta(days=1)) is None
        transaction.set_rollback(True)


def test_an_enterprise_of_which_one_agency_speaks_has_no_claims(world: World) -> None:
    world.say("dpmd", annual_turnover=500, main_product="Kopi bubuk")

    assert (world.turnover(), EnterpriseClaim.objects.count()) == (Decimal(500), 0)


def test_another_agency_makes_the_first_ones_words_a_claim_with_their_source(world: World) -> None:
    Enterprise.objects.filter(pk=world.enterprise.pk).update(source_batch=7, source_row=214)
    at = world.moment()

    world.say("bps", at, annual_turnover=900)

    first, second = EnterpriseClaim.objects.order_by("pk")
    assert (first.agency.kind, first.batch, first.row, first.recorded_at) == ("dpmd", 7, 214, MORNING)
    assert (first.annual_turnover, first.name, first.village_id) == (Decimal(100), "Kopi Contoh", VILLAGE)
    assert (second.agency.kind, second.post, second.by) == ("bps", world.posts["bps"], world.member.user)
    assert (second.annual_turnover, second.name, second.recorded_at) == (Decimal(900), None, at)
    assert (world.turnover(), world.open_fields()) == (Decimal(900), [MONEY])


def test_a_lower_agency_never_overwrites_and_its_claim_stays(world: World) -> None:
    world.say("cooperatives", annual_turnover=900)

    found = world.say("tourism", annual_turnover=50)

    assert found.annual_turnover == Decimal(900)
    told = verdicts(ENTERPRISE, world.enterprise.pk, day=world.moment().date())[MONEY]
    assert told.in_force is not None
    assert told.in_force.agency == world.posts["cooperatives"].agency_id
    assert sorted(one.said[MONEY] for one in told.differing) == [Decimal(50), Decimal(100)]


def test_saying_the_same_again_stores_nothing(world: World) -> None:
    world.say("bps", annual_turnover=900)
    before = EnterpriseClaim.objects.count()

    world.say("bps", annual_turnover=900)

    assert EnterpriseClaim.objects.count() == before == 2


def test_who_repeats_a_word_after_an_equal_has_said_another_is_heard_again(world: World) -> None:
    world.say("education", annual_turnover=100)
    world.say("tourism", annual_turnover=200)
    world.say("dpmd", annual_turnover=None)
    assert world.turnover() == Decimal(200)

    world.say("education", annual_turnover=100)

    assert world.turnover() == Decimal(100)


def test_two_spellings_of_a_name_are_no_disagreement_and_two_names_are(world: World) -> None:
    world.say("bps", name="KOPI  CONTOH.")
    assert world.open_fields() == []

    world.say("bps", name="Kopi Lain Contoh")

    assert world.open_fields() == ["name"]


def test_an_accepted_claim_holds_until_the_authority_says_something_new(world: World) -> None:
    world.say("cooperatives", annual_turnover=900)
    dpmd = EnterpriseClaim.objects.get(agency=world.posts["dpmd"].agency)

    accepted = accept_claim(
        subject="enterprise", record_id=world.enterprise.pk, field=MONEY, claim_id=dpmd.pk, reason=REASON, **world.who()
    )
    assert (world.turnover(), world.open_fields()) == (Decimal(100), [])
    world.say("tourism", annual_turnover=50)
    assert (world.turnover(), world.open_fields()) == (Decimal(100), [MONEY])
    world.say("cooperatives", annual_turnover=950)

    assert world.turnover() == Decimal(950)
    accepted.refresh_from_db()
    assert accepted.undone_at is None


def test_taking_an_acceptance_back_lets_the_authority_hold_again(world: World) -> None:
    world.say("cooperatives", annual_turnover=900)
    dpmd = EnterpriseClaim.objects.get(agency=world.posts["dpmd"].agency)
    made = accept_claim(
        subject="enterprise", record_id=world.enterprise.pk, field=MONEY, claim_id=dpmd.pk, reason=REASON, **world.who()
    )

    release_acceptance(acceptance_id=made.pk, **world.who())

    assert (world.turnover(), world.open_fields()) == (Decimal(900), [MONEY])


def test_what_cannot_be_accepted_is_refused_and_nothing_changes(world: World) -> None:
    world.say("cooperatives", annual_turnover=900)
    claim = world.claim("cooperatives")
    asked = {"subject": "enterprise", "record_id": world.enterprise.pk, "field": MONEY, "claim_id": claim.pk}

    with pytest.raises(ReasonTooShort):
        accept_claim(**(asked | {"reason": "ya"}), **world.who())
    with pytest.raises(NoSuchClaim):
        accept_claim(**(asked | {"reason": REASON, "field": "nib"}), **world.who())
    with pytest.raises(NoSuchClaim):
        accept_claim(**(asked | {"reason": REASON, "claim_id": claim.pk + 1000}), **world.who())

    assert (Acceptance.objects.count(), world.turnover()) == (0, Decimal(900))


def test_many_disagreements_are_settled_at_once_for_what_holds_or_for_an_agency(world: World) -> None:
    world.say("cooperatives", annual_turnover=900, name="Kopi Lain Contoh")
    ids = list(Disagreement.objects.values_list("pk", flat=True))

    dpmd = world.posts["dpmd"].agency_id
    assert accept_many(disagreements=ids, fields=[MONEY], agency_id=dpmd, reason=REASON, **world.who()) == 1
    assert (world.turnover(), world.open_fields()) == (Decimal(100), ["name"])
    ids = list(Disagreement.objects.values_list("pk", flat=True))
    assert accept_many(disagreements=ids, fields=[], agency_id=None, reason=REASON, **world.who()) == 1

    world.enterprise.refresh_from_db()
    assert (world.enterprise.name, world.open_fields()) == ("Kopi Lain Contoh", [])


def test_a_new_rank_holds_from_its_day_and_what_was_said_before_stays(world: World) -> None:
    world.say("cooperatives", annual_turnover=900)
    today = world.moment().date()
    later = today + timedelta(days=2)

    set_authority(
        topic=Topic.MONEY,
        agency_kind=AgencyKind.COOPERATIVES,
        rank=50,
        valid_from=later,
        source="Keputusan Contoh 1/2026",
        **world.who(),
    )
    assert follow_authorities(at=world.moment()) == 0
    assert world.turnover() == Decimal(900)
    assert follow_authorities(at=world.moment(days=3)) == 1
    assert follow_authorities(at=world.moment()) == 0

    assert world.turnover() == Decimal(100)
    as_at = {day: values_as_at(world.enterprise.pk, day) for day in (today, later + timedelta(days=1))}
    assert [one.values[MONEY] for one in as_at.values() if one] == [Decimal(900), Decimal(100)]
    ranks = Authority.objects.filter(topic="money", agency_kind="cooperatives").order_by("valid_from")
    assert list(ranks.values_list("rank", "valid_until")) == [(1, later), (50, None)]


def test_a_rank_in_the_past_or_without_source_or_beside_another_is_refused(world: World) -> None:
    today = world.moment().date()
    asked = {
        "topic": Topic.MONEY,
        "agency_kind": AgencyKind.BPS,
        "rank": 1,
        "valid_from": today,
        "source": "Surat contoh",
    }

    for wrong in ({"valid_from": date(2025, 1, 1)}, {"source": "  "}, {"rank": 0}):
        with pytest.raises(AuthorityRefused):
            set_authority(**(asked | wrong), **world.who())
    set_authority(**asked, **world.who())  # type: ignore[arg-type]  # as written above
    with pytest.raises(AuthorityRefused):
        set_authority(**asked, **world.who())  # type: ignore[arg-type]  # as written above

    assert Authority.objects.filter(topic="money", agency_kind="bps").count() == 2


def test_claims_are_only_ever_added(world: World) -> None:
    world.say("bps", annual_turnover=900)

    for sql in ("UPDATE registry_enterpriseclaim SET annual_turnover = 1", "DELETE FROM registry_enterpriseclaim"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_classes_follow_the_values_in_force(world: World) -> None:
    found = world.say("cooperatives", annual_turnover=4_000_000_000, workers_paid=3, workers_unpaid=4)

    assert (found.umkm_class, found.imk_class) == ("kecil", "kecil")
    assert found.workers_paid == 3


def test_the_worked_table_of_the_explanation_holds() -> None:
    """The table in docs/explanation/list-to-registry.md, field by field."""
    dpmd, kop, bps = 1, 2, 3
    nothing = dict.fromkeys(ENTERPRISE.columns)
    words = {"village_id": "Bokonusan", "annual_turnover": 31_500_000, "workers_paid": 0, "workers_unpaid": 2}
    said = [
        Statement(1, dpmd, datetime(2026, 3, 3, tzinfo=UTC), nothing | words | {"status": "active"}),
        Statement(
            2, kop, datetime(2026, 5, 8, tzinfo=UTC), nothing | {"village_id": "Otan", "annual_turnover": 37_200_000}
        ),
        Statement(
            3,
            bps,
            datetime(2026, 6, 2, tzinfo=UTC),
            nothing | {"annual_turnover": 40_000_000, "workers_paid": 1, "workers_unpaid": 1, "status": "dormant"},
        ),
    ]
    order = {"place": (dpmd, kop, bps), "money": (kop, bps, dpmd), "workers": (kop, bps, dpmd), "status": ()}

    held = {}
    for key in ("village", MONEY, "workers", "status"):
        told = ENTERPRISE.field(key)
        ranks = {agency: place for place, agency in enumerate(order[told.topic.value], start=1)}
        force = verdict(told, said, ranks=ranks).in_force
        assert force is not None
        held[key] = [force.said[name] for name in told.columns]

    assert held == {"village": ["Bokonusan"], MONEY: [37_200_000], "workers": [1, 1], "status": ["dormant"]}
