"""Claims when two records become one and when that is undone. Used by `merging` alone, which holds the records.

Claims follow the record (declared relations in `rules.merging`). Before, the agency that alone has spoken of a record gets its
claim. After, what the preview showed holds: where the authority would have another
value, the choice is an acceptance, which ends with the merge.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from lontar.access.models import Post, User
from lontar.registry.actions import settling
from lontar.registry.models import Acceptance, Disagreement, Enterprise, Merge
from lontar.registry.queries.claims import accepted_until, end_of, has_claims, plain, ranks_as_at, statements_of
from lontar.registry.queries.merging import CLAIMED
from lontar.registry.rules.claims import ENTERPRISE, verdict
from lontar.registry.rules.merging import SUBJECTS
from lontar.registry.states import MergeKind


def gather(kind: MergeKind, *, keep: int, absorb: int) -> bool:
    """Make what agencies have said of the two records claims; whether there are any.

    Also where one agency said it all: the kept record is about to take values over that its own source did not give.
    """
    about = CLAIMED.get(kind)
    if about is None:
        return False
    settling.make_base(about, [keep, absorb])
    if kind is MergeKind.PERSON:  # whom their enterprises' sources named as owner is said before the owners become one
        owned = Enterprise.objects.filter(owner_id__in=(keep, absorb)).values_list("pk", flat=True)
        settling.make_base(ENTERPRISE, owned)
    Disagreement.objects.filter(**{f"{about.key}__in": (keep, absorb)}).delete()
    return has_claims(about, [keep, absorb])


def hold_to(merge: Merge, *, by: User, post: Post, at: datetime) -> None:
    """Accept what the merge left in the kept record where the authority would have another value; nothing else changes."""
    kind = MergeKind(merge.kind)
    about = CLAIMED[kind]
    kept = SUBJECTS[kind].model._base_manager.filter(pk=merge.kept_id).values(*about.columns).get()
    row = {name: None if value == "" else plain(value) for name, value in kept.items()}
    day = timezone.localdate(at)
    said, ranks = statements_of(about, merge.kept_id), ranks_as_at(day)
    standing = accepted_until(about, merge.kept_id, end_of(day))
    for field in about.fields:
        found = verdict(field, said, ranks=ranks.get(field.topic.value, {}), accepted=standing.get(field.key)).in_force
        if found is None or all(found.said[name] == row[name] for name in field.marks):
            continue
        like = [one for one in said if field.is_told(one.said) and all(one.said[n] == row[n] for n in field.marks)]
        if like:
            Acceptance.objects.create(
                **{about.key: merge.kept_id},
                village_id=merge.village_id,
                field=field.key,
                claim_id=like[-1].pk,
                reason=_reason(merge),
                decided_at=at,
                decided_by=by,
                post=post,
                merge=merge,
            )
    settling.note(about, [merge.kept_id], at=at)


def _reason(merge: Merge) -> str:
    return f"Dipilih saat penggabungan dengan {merge.absorbed_name}"


def part(merge: Merge, *, by: User, at: datetime) -> None:
    """After an undo: what was accepted for the merge ends, and a record that stands alone again follows its own claims."""
    about = CLAIMED.get(MergeKind(merge.kind))
    if about is None:
        return
    Acceptance.objects.standing().filter(merge=merge).update(undone_at=at, undone_by=by)
    both = {merge.kept_id, merge.absorbed_id}
    merged = set(Merge.objects.standing().filter(kind=merge.kind, kept_id__in=both).values_list("kept_id", flat=True))
    settling.settle(about, both - merged, at=at)
    settling.note(about, merged, at=at)  # while other merges stand, what these left is theirs to give back


__all__ = ["gather", "hold_to", "part"]
