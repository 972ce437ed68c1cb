"""YAML text as a tree of nodes with positions, in which every scalar is text.

Built from libyaml's events: fast, and free of YAML 1.1's typing (`no`, `012` and `12:30` stay text). Duplicate keys,
anchors, tags, depth and size are judged here, since the events alone would let them pass. Everything wrong becomes a
diagnostic; only what can't be read at all yields no tree.
"""

from __future__ import annotations
