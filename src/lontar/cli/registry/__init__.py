"""The command `lontar regions`: parse, call one action or query, tell what changed."""

from lontar.cli.registry.regions import regions

__all__ = ["regions"]
