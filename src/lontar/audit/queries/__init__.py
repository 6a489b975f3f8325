"""Reads of parameters, of the reveal log, and of the history of a record. Who may read is in `policies`."""

from lontar.audit.queries.history import (
    BatchFile,
    Change,
    FieldChange,
    act_words,
    history_of,
    register_acts,
    register_batch_files,
)
from lontar.audit.queries.parameters import (
    NoParameter,
    ParameterValue,
    parameter_as_at,
    parameter_history,
    parameters_in_force,
    parameters_with_prefix,
)

__all__ = [
    "BatchFile",
    "Change",
    "FieldChange",
    "NoParameter",
    "ParameterValue",
    "act_words",
    "history_of",
    "parameter_as_at",
    "parameter_history",
    "parameters_in_force",
    "parameters_with_prefix",
    "register_acts",
    "register_batch_files",
]
