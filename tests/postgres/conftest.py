"""What tests of books on a server share."""

from collections.abc import Iterator

import pytest

from tests.postgres.cluster import Cluster, three_nodes
from tests.postgres_server import MISSING, programs


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster of three nodes for one test, or a loud word that there is none."""
    bin = programs()
    if bin is None:
        pytest.skip(MISSING)
    with three_nodes(bin) as nodes:
        yield nodes
