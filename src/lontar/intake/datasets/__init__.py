"""The datasets that agencies send, each declared once."""

from lontar.intake.datasets.declare import Column, Dataset, Kind, Place
from lontar.intake.datasets.enterprises import ENTERPRISES
from lontar.intake.datasets.goods import LICENCES, PRODUCTS
from lontar.intake.datasets.potential import POTENTIAL
from lontar.intake.datasets.units import COMMUNITIES, SCHOOLS

DATASETS: dict[str, Dataset] = {
    dataset.key: dataset for dataset in (ENTERPRISES, POTENTIAL, PRODUCTS, LICENCES, SCHOOLS, COMMUNITIES)
}

__all__ = ["DATASETS", "Column", "Dataset", "Kind", "Place"]
