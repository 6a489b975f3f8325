"""The commands `lontar regions`, `lontar boundaries` and `lontar attributes`: parse, call one action, tell what changed."""

from lontar.cli.registry.attributes import attributes
from lontar.cli.registry.boundaries import boundaries
from lontar.cli.registry.regions import regions

__all__ = ["attributes", "boundaries", "regions"]
