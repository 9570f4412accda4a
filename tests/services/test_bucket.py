"""Files of evidence in a store that speaks S3, on this machine; and in one that is out of reach."""

import datetime
import socket
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from tests.conftest import reach_this_machine
from tests.service import NOW, a_round, somebody

from commonweal.core.errors import BadInput
from commonweal.core.evidence import EvidenceKind, Strength
from commonweal.core.maturity.models import Index
from commonweal.services import files
from commonweal.services.actions.evidence import Piece, add_evidence
from commonweal.services.errors import OutOfReach
from commonweal.services.queries.evidence import evidence_file
from commonweal.store.models import Evidence

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]  # of the stand-in's


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of a store with a bucket in it."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Makes the files go to the store at an address."""
    reach_this_machine(monkeypatch)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "of-the-tests")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-2")

    def use(address: str) -> None:
        options = {"bucket_name": "evidence", "endpoint_url": address, "default_acl": "private"}
        bucket = {"BACKEND": "commonweal.services.bucket.Bucket", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "evidence": bucket}

    return use


def _a_file(index: Index) -> Piece:
    return Piece(
        kind=EvidenceKind.FILE,
        title="Minutes",
        questions=frozenset({index.questions[0].id}),
        strength=Strength.DOCUMENTED,
        file_name="minutes.txt",
        content=b"It was agreed.",
    )


def test_a_file_goes_there_and_comes_back(index: Index, store: str, at: Any) -> None:
    at(store)
    boto3.client("s3", endpoint_url=store).create_bucket(
        Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    by = somebody()
    id_ = add_evidence(assessment_id=a_round(by, index), piece=_a_file(index), by=by, now=NOW)
    assert evidence_file(id_, by=by) == ("minutes.txt", b"It was agreed.")
    (name,) = files.names_older_than(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1))
    files.throw_away(name)
    assert not list(files.names_older_than(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)))
    with pytest.raises(FileNotFoundError):
        files.kept(name)
    files.put_back(name, b"again")
    assert files.kept(name) == b"again"


def test_a_store_out_of_reach_is_said_and_nothing_is_half_stored(index: Index, at: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    at(f"http://127.0.0.1:{port}")
    by = somebody()
    with pytest.raises(BadInput, match=r"could not be kept.*Nothing was saved"):
        add_evidence(assessment_id=a_round(by, index), piece=_a_file(index), by=by, now=NOW)
    assert not Evidence.objects.for_actor(by).exists()
    with pytest.raises(OutOfReach):
        files.kept("aa/aabb")
