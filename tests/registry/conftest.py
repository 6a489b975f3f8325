"""What the tests of the registry share: the invented province, whole or one kabupaten of it."""

from tests.registry.provinces import ngada, province

__all__ = ["ngada", "province"]
