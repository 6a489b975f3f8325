"""Opening and moving periods, enrolling producers, receiving and judging returns, single values, personal links."""

from lontar.returns.actions.due import begin_grace, due_date
from lontar.returns.actions.guarding import MonthClosed
from lontar.returns.actions.judging import Moved, accept_returns, verify_returns
from lontar.returns.actions.links import GivenLink, find_link, give_link, revoke_links
from lontar.returns.actions.loading import UnknownProducers, receive_frame
from lontar.returns.actions.periods import (
    MonthNotBegun,
    NoSuchPeriod,
    PeriodMoveRefused,
    move_periods,
    open_due,
    open_next,
    open_periods,
)
from lontar.returns.actions.producers import (
    EndsBeforeStart,
    NewProducer,
    NoComparison,
    ReasonNeeded,
    end_producer,
    enrol_producers,
)
from lontar.returns.actions.receiving import (
    ARRIVING,
    MOST_AT_ONCE,
    Kind,
    Outcome,
    TooMany,
    arriving,
    receive_return,
    receive_returns,
)
from lontar.returns.actions.values import (
    NoSuchStep,
    NotReturnable,
    ReasonMissing,
    ValueRefused,
    correct_value,
    restate_return,
    return_again,
    return_value,
    settle_value,
)

__all__ = [
    "ARRIVING",
    "MOST_AT_ONCE",
    "EndsBeforeStart",
    "GivenLink",
    "Kind",
    "MonthClosed",
    "MonthNotBegun",
    "Moved",
    "NewProducer",
    "NoComparison",
    "NoSuchPeriod",
    "NoSuchStep",
    "NotReturnable",
    "Outcome",
    "PeriodMoveRefused",
    "ReasonMissing",
    "ReasonNeeded",
    "TooMany",
    "UnknownProducers",
    "ValueRefused",
    "accept_returns",
    "arriving",
    "begin_grace",
    "correct_value",
    "due_date",
    "end_producer",
    "enrol_producers",
    "find_link",
    "give_link",
    "move_periods",
    "open_due",
    "open_next",
    "open_periods",
    "receive_frame",
    "receive_return",
    "receive_returns",
    "restate_return",
    "return_again",
    "return_value",
    "revoke_links",
    "settle_value",
    "verify_returns",
]
