"""What the tests of the page share."""

from tests.browser import browser

__all__ = ["browser"]
