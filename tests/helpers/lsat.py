"""Section 6 of the Law School Admission Test: 1,000 students, five items (Bock & Lieberman, 1970, Psychometrika 35).

How many gave each pattern, from 00000 to 11111.
"""

from __future__ import annotations

from itertools import product

_PATTERNS = (3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11)
_PATTERNS += (61, 28, 298)

LSAT = [
    pattern for pattern, count in zip(product((0, 1), repeat=5), _PATTERNS, strict=True) for _student in range(count)
]
"""A row of scores for each student."""
