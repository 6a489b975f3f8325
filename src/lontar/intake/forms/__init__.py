"""Forms of intake: sending a file, matching its columns, deciding places, filters of lists."""

from lontar.intake.forms.matching import MappingForm, PlacesForm
from lontar.intake.forms.sending import FindingFilter, HistoryFilter, UploadForm

__all__ = ["FindingFilter", "HistoryFilter", "MappingForm", "PlacesForm", "UploadForm"]
