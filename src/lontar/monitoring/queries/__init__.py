"""What others ask of this app: figures of a quarter, how quarters stand, the snapshot of a closed one."""

from lontar.monitoring.queries.stored import Figure, QuarterState, figures, quarters, snapshot

__all__ = ["Figure", "QuarterState", "figures", "quarters", "snapshot"]
