"""Migrations without drawing half the house anew at every step.

While it migrates, Django keeps classes of all models and, after every operation, makes anew each one that is related to the
changed model over any number of steps. Here everything is related to regions and posts, so 130 migrations took a minute of
computing on a fresh machine, and nine tenths of it for classes that nobody looked at. `light_states` has only the
changed model made anew and marks the state as delayed: Django's own word for it, upon which every step that runs Python
is given classes made afresh. What reaches the database is the same; a test asks it for every column, key, index, constraint
and trigger that the models declare.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def light_states() -> Iterator[None]:
    """Within, an operation renders its own model only."""
    from django.db.migrations.state import ProjectState

    whole = ProjectState._find_reload_model  # type: ignore[attr-defined]  # Django 5.2; a later one is caught by the test

    def own(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        self.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = own  # type: ignore[attr-defined]  # as above
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole  # type: ignore[attr-defined]  # as above
