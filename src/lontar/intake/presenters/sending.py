"""What can be sent: each dataset with what it holds and its template."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from lontar.intake.datasets import DATASETS, Dataset


@dataclass(frozen=True, slots=True)
class DatasetChoice:
    """A dataset to choose: what it holds, what each row needs, where its template is."""

    key: str
    title: str
    description: str
    needs: tuple[str, ...]
    template_url: str


def dataset_choices() -> list[DatasetChoice]:
    """Every dataset, in the order in which they are declared."""
    return [
        DatasetChoice(
            key=dataset.key,
            title=_(dataset.title),
            description=_(dataset.description),
            needs=_needs(dataset),
            template_url=reverse("intake:template", args=[dataset.key]),
        )
        for dataset in DATASETS.values()
    ]


def _needs(dataset: Dataset) -> tuple[str, ...]:
    """What each row must hold, in words."""
    required = [_(column.label) for column in dataset.columns if column.required]
    groups = [" / ".join(_(dataset.column(key).label) for key in group) for group in dataset.one_of]
    return (*required, *groups)
