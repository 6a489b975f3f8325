"""What others ask of this app: figures of a quarter, how quarters stand, the snapshot of a closed one."""

from lontar.monitoring.queries.stored import (
    Figure,
    QuarterState,
    computed_at,
    figures,
    published_among,
    quarters,
    snapshot,
)

__all__ = ["Figure", "QuarterState", "computed_at", "figures", "published_among", "quarters", "snapshot"]
