"""Candidates that several tests of rulings begin with."""

import pytest

from tests.make import Site
from tests.results.ruled import Three, three_who_sat


@pytest.fixture
def three(site: Site) -> Three:
    """Asha, Ben and Nina, on either database."""
    return three_who_sat(site)
