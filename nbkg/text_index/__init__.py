"""The words of a store and the things they stand at: written by the loader beside a version, read by the endpoint.

Neither knows the other; both know this.
"""

from nbkg.text_index.reading import Index
from nbkg.text_index.writing import NAMES, Said, is_possible, write

__all__ = ["NAMES", "Index", "Said", "is_possible", "write"]
