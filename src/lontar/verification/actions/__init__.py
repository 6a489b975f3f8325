"""Changes of this app: signing sections, withdrawing and undoing; returning single fields and what follows."""

from lontar.verification.actions.acts import Done
from lontar.verification.actions.answering import (
    NoSuchStep,
    NothingCorrected,
    accept_return,
    answer_return,
    return_again,
    withdraw_return,
)
from lontar.verification.actions.returning import return_enterprise_field, return_potential_field, undo_returns
from lontar.verification.actions.signing import SeenOtherwise, sign_enterprises, withdraw_enterprises
from lontar.verification.actions.undoing import NothingToUndo, undo_act
from lontar.verification.actions.villages import sign_villages, withdraw_villages

__all__ = [
    "Done",
    "NoSuchStep",
    "NothingCorrected",
    "NothingToUndo",
    "SeenOtherwise",
    "accept_return",
    "answer_return",
    "return_again",
    "return_enterprise_field",
    "return_potential_field",
    "sign_enterprises",
    "sign_villages",
    "undo_act",
    "undo_returns",
    "withdraw_enterprises",
    "withdraw_return",
    "withdraw_villages",
]
