"""An S3-compatible store on loopback: moto's server, over real HTTP. It can be told to check keys."""

from __future__ import annotations

import json
import secrets
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.server import ThreadedMotoServer
from werkzeug.serving import make_server

from storydiff.settings import Settings

BUCKET = "coast-desk"
RIGHTS = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}


@dataclass(frozen=True)
class BucketServer:
    """One running store with an empty bucket."""

    endpoint: str

    def client(self, service: str = "s3") -> Any:
        """boto3's own client, to look at what lies there."""
        keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any", "region_name": "us-east-1"}
        return boto3.client(service, endpoint_url=self.endpoint, **keys)

    def settings(self, prefix: str = "pages", **others: Any) -> Settings:
        """Settings of an archive here; one prefix a test keeps them apart."""
        keys = {"s3_access_key": "any", "s3_secret_key": "any", "s3_region": "us-east-1"}
        return Settings(archive=f"s3://{BUCKET}/{prefix}", s3_endpoint=self.endpoint, **{**keys, **others})

    def names(self, prefix: str) -> list[str]:
        """The objects under that prefix, without it."""
        found = self.client().list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/")
        return [each["Key"].removeprefix(f"{prefix}/") for each in found.get("Contents", [])]

    def content(self, prefix: str, name: str) -> bytes:
        """The bytes of an object."""
        data: bytes = self.client().get_object(Bucket=BUCKET, Key=f"{prefix}/{name}")["Body"].read()
        return data

    @contextmanager
    def checking_keys(self) -> Iterator[tuple[str, str]]:
        """From here on only this key, with its secret, opens the bucket."""
        iam = self.client("iam")
        user = f"desk-{secrets.token_hex(4)}"  # all of moto's servers in one process have the same users
        iam.create_user(UserName=user)
        iam.put_user_policy(UserName=user, PolicyName="all", PolicyDocument=json.dumps(RIGHTS))
        key = iam.create_access_key(UserName=user)["AccessKey"]
        self._lenient_for(0)
        try:
            yield key["AccessKeyId"], key["SecretAccessKey"]
        finally:
            self._lenient_for(1_000_000)

    def _lenient_for(self, calls: int) -> None:
        url, kind = f"{self.endpoint}/moto-api/reset-auth", {"Content-Type": "text/plain"}
        order = urllib.request.Request(url, str(calls).encode(), kind, method="POST")
        urllib.request.urlopen(order).close()


@contextmanager
def bucket_server() -> Iterator[BucketServer]:
    """A store with an empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        running = BucketServer(f"http://{host}:{port}")
        client = running.client()
        client.create_bucket(Bucket=BUCKET)
        client.close()
        yield running
    finally:
        server.stop()


@contextmanager
def stubborn_server(refusal: str, status: str) -> Iterator[BucketServer]:
    """The same store behind a door that answers every conditional write with that refusal."""
    store = DomainDispatcherApplication(create_backend_app)

    def door(environ: dict[str, Any], start: Any) -> Any:
        if "HTTP_IF_NONE_MATCH" not in environ:
            return store(environ, start)
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start(status, [("Content-Type", "application/xml")])
        return [f"<Error><Code>{refusal}</Code><Message>No.</Message></Error>".encode()]

    server = make_server("127.0.0.1", 0, door, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield BucketServer(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
