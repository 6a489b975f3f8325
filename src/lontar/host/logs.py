"""Structured logs: one JSON object a line on standard error, without personal data.

A processor masks what looks like a NIK or a phone number, as a second net under the rule that nobody logs them.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

_NUMBER = re.compile(r"(?<!\d)(\d{4})\d{8}(\d{4})(?!\d)|(?<!\d)((?:\+?62|0)8)\d{6,11}(?!\d)")


def masked(text: str) -> str:
    """`text` with 16-digit numbers and mobile numbers masked."""
    return _NUMBER.sub(lambda hit: f"{hit[1]}********{hit[2]}" if hit[1] else f"{hit[3]}********", text)


def _mask(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: masked(value) if isinstance(value, str) else value for key, value in event.items()}


def configure_for_commands() -> None:
    """Show warnings of a command as plain lines: masked, and a failure without the values that stood in its variables."""
    plain: list[Any] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _mask,
        structlog.dev.ConsoleRenderer(colors=False),
    ]
    structlog.configure(
        processors=plain,
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def configure() -> None:
    """Send Django's, the worker's and our own logs through one formatter."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for noisy in ("procrastinate", "asyncio", "axes"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
