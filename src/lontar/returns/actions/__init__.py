"""Opening and moving periods, enrolling producers, receiving and judging returns, single values, personal links."""

from lontar.returns.actions.loading import UnknownProducers, receive_frame
from lontar.returns.actions.periods import NoSuchPeriod, PeriodMoveRefused, move_periods, open_periods
from lontar.returns.actions.producers import EndsBeforeStart, NewProducer, end_producer, enrol_producers

__all__ = [
    "EndsBeforeStart",
    "NewProducer",
    "NoSuchPeriod",
    "PeriodMoveRefused",
    "UnknownProducers",
    "end_producer",
    "enrol_producers",
    "move_periods",
    "open_periods",
    "receive_frame",
]
