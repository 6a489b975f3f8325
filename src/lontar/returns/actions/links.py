"""Personal links: a code of 192 bits that only its holder knows; the database keeps a digest, its time and its revocation."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from lontar.access.models import Post, User
from lontar.access.trail import recorded
from lontar.audit.queries import parameter_as_at
from lontar.returns import policies
from lontar.returns.models import Producer, ReportLink
from lontar.returns.states import Act

_BYTES = 24


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A new link with its code, which nobody can read again."""

    link: ReportLink
    code: str


def give_link(*, producer_id: int, by: User | None, post: Post, at: datetime) -> GivenLink:
    """Make a personal link of the producer; earlier ones stop working. It lasts `returns.link.days`."""
    with recorded(Act.LINK_GIVEN, by=by, at=at, post=post, producer=producer_id):
        producer = Producer.objects.select_for_update(of=("self",)).get(pk=producer_id)
        policies.check_report_village(post, producer.village_id)
        ReportLink.objects.filter(producer=producer).usable_at(at).update(revoked_at=at)
        code = secrets.token_urlsafe(_BYTES)
        days = int(parameter_as_at("returns.link.days", at.date()).number)
        made = ReportLink.objects.create(
            producer=producer, village_id=producer.village_id, digest=digest_of(code), given_at=at, given_by=by, post=post,
            expires_at=at + timedelta(days=days),
        )  # fmt: skip
    return GivenLink(made, code)


def revoke_links(*, producer_id: int, by: User | None, post: Post, at: datetime) -> int:
    """Take the producer's links back; how many worked until now."""
    with recorded(Act.LINK_REVOKED, by=by, at=at, post=post, producer=producer_id):
        producer = Producer.objects.get(pk=producer_id)
        policies.check_report_village(post, producer.village_id)
        return ReportLink.objects.filter(producer=producer).usable_at(at).update(revoked_at=at)


def find_link(code: str, at: datetime) -> ReportLink | None:
    """The link of a code that works now; None for every other text, without telling why."""
    if not 20 <= len(code) <= 64:
        return None
    found = ReportLink.objects.usable_at(at).filter(digest=digest_of(code)).select_related("post").first()
    return found if found is not None and found.post.is_active else None


def digest_of(code: str) -> bytes:
    """SHA-256 of a code: of 192 random bits nothing is found by guessing, so it needs neither salt nor slowness."""
    return hashlib.sha256(code.encode()).digest()
