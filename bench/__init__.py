"""Measurements at full size: `make bench`. Each figure stands beside its target, and beside a reference where there is one."""
