"""How tests ask the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[..., dict[str, Any]]
"""Takes queries by their keys, and returns the answers by the same keys."""
