"""How an uploaded file comes in: straight into an unnamed temporary file, never larger than the limit, never in memory.

An unnamed file is gone when it is closed, and also when the process is killed, so an upload that breaks off leaves nothing
behind. What is in the file is left to `steps.storage` and to the job that reads it.
"""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from lontar.host import places

_FAR_BEYOND = 4  # a body so many times the limit is not even read to its end


class UnnamedUpload(UploadedFile):  # type: ignore[type-arg]  # generic only for the checker
    """An uploaded file that has no name on disk."""


class LimitedUpload(FileUploadHandler):
    """Takes files up to `settings.UPLOAD_LIMIT` bytes each; a larger one is skipped and `too_large` says so.

    The rest of such a body is read and thrown away, so that the person gets an answer instead of a broken connection.
    """

    chunk_size = 256 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.too_large = False
        self.body_length = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Note how long the whole body says it is."""
        del input_data, META, boundary, encoding
        self.body_length = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; a body far beyond any limit is not read on."""
        super().new_file(*args, **kwargs)
        if self.body_length > settings.UPLOAD_LIMIT * _FAR_BEYOND:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self.received = 0
        self.file = tempfile.TemporaryFile(dir=places.inside("tmp"))  # closed by Django with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it, written through."""
        del start
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            self.too_large = True
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UnnamedUpload:
        """The whole file has come."""
        self.file.seek(0)
        return UnnamedUpload(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset or "",
        )

    def upload_interrupted(self) -> None:
        """The body ended before the file did: nothing of it stays."""
        if hasattr(self, "file"):
            self.file.close()


def prepare(request: HttpRequest) -> LimitedUpload:
    """Have the body of `request`, not yet read, received by a `LimitedUpload`; gives it, to ask it afterwards."""
    handler = LimitedUpload(request)
    request.upload_handlers = [handler]
    return handler
