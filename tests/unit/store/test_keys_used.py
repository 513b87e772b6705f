"""A key is found however busy the database is."""

import time

import pytest

from storydiff.errors import StoreLocked
from storydiff.store import open_store
from storydiff.store.schema_service import keys
from tests.unit.store.builders import NOON, at


def test_finding_a_key_never_waits_for_a_writer(url: str) -> None:
    """While another process writes, the key is found at once and its last use is noted later."""
    with open_store(url) as store, open_store(url) as other:
        made, secret = store.keys.create("desk", ["read"], now=NOON)
        with other._database.writing() as connection:
            connection.execute(keys.update().values(name="held"))
            begun = time.monotonic()
            found = store.keys.find(secret, now=at(1))
            assert time.monotonic() - begun < 1
            assert found is not None
            assert found.id == made.id
        assert store.keys.list()[0].last_used is None
        store.keys.find(secret, now=at(2))
        assert store.keys.list()[0].last_used == at(2)


def test_the_patience_of_the_connection_comes_back(url: str) -> None:
    """The same connection waits for its turn again when it is used for what matters."""
    with open_store(url, patience=0.4) as store, open_store(url) as other:
        _, secret = store.keys.create("desk", ["read"], now=NOON)
        store.keys.find(secret, now=at(1))
        with other._database.writing() as connection:
            connection.execute(keys.update().values(name="held"))
            begun = time.monotonic()
            with pytest.raises(StoreLocked), store._database.writing() as waiting:
                waiting.execute(keys.update().values(name="mine"))
            assert time.monotonic() - begun > 0.3
