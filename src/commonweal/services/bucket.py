"""A bucket of a store that speaks S3, for the files of evidence: it answers at once, or is said to be out of reach.

Read only where COMMONWEAL_S3_BUCKET is set, since its packages come with the extra `s3`.
"""

import datetime
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from commonweal.services.errors import OutOfReach

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
_ANSWERS_WITHIN, _FILE_WITHIN = 1, 30
"""Seconds: for the question whether it is there, and for a file, which may be large and is moved only after that."""


def _patience(seconds: int, address: str | None) -> Config:
    """One try; of a store with an address of its own, the bucket is part of the path."""
    style = {"addressing_style": "path" if address else "auto"}
    return Config(s3=style, connect_timeout=1, read_timeout=seconds, retries={"total_max_attempts": 1})


def _said_if_away(act: Callable[Given, Answer]) -> Callable[Given, Answer]:
    @wraps(act)
    def acted(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return act(*arguments, **named)
        except (BotoCoreError, ClientError) as error:
            raise OutOfReach from error

    return acted


class Bucket(S3Storage):
    """As upstream's, but nobody waits long for a store that is down or hangs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, client_config=_patience(_FILE_WITHIN, options.get("endpoint_url")))

    @cached_property
    def _quick(self) -> Any:
        return self._create_session().client(
            "s3", endpoint_url=self.endpoint_url, config=_patience(_ANSWERS_WITHIN, self.endpoint_url)
        )

    @_said_if_away
    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        self._quick.head_bucket(Bucket=self.bucket_name)
        kept: str = super()._save(name, content)
        return kept

    @_said_if_away
    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]
        self._quick.head_bucket(Bucket=self.bucket_name)
        with super()._open(name, mode) as opened:
            return ContentFile(opened.read())  # all of it now, where its failure is understood

    @_said_if_away
    def get_modified_time(self, name: str) -> datetime.datetime:
        """As upstream's."""
        found: datetime.datetime = super().get_modified_time(name)
        return found

    @_said_if_away
    def delete(self, name: str) -> None:
        """As upstream's."""
        super().delete(name)

    @_said_if_away
    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """As upstream's."""
        found: tuple[list[str], list[str]] = super().listdir(name)
        return found
