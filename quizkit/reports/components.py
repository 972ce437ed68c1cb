"""What hangs together: the answers among which every question can be compared with every student."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

Node = tuple[str, str]


def strongest(by_student: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """The answers within the largest strongly connected part of the graph of who beat what.

    A student points to the questions they solved, a question to the students it defeated; a part of a mark is both.
    Exactly within such a part all strengths and difficulties have finite, unique estimates (Fischer, 1981): outside
    are those who solved everything or nothing, what all or none solved, and what isn't linked to the rest.
    """
    edges: dict[Hashable, list[Hashable]] = {}
    for student, own in by_student.items():
        for item, score in own.items():
            one, other = ("student", student), ("item", item)
            edges.setdefault(one, [])
            edges.setdefault(other, [])
            if score > 0:
                edges[one].append(other)
            if score < 1:
                edges[other].append(one)
    best: set[Hashable] = max(_parts(edges), key=lambda part: (len(part), sorted(map(str, part))), default=set())
    found = {
        student: {item: score for item, score in own.items() if ("item", item) in best}
        for student, own in by_student.items()
        if ("student", student) in best
    }
    return {student: own for student, own in found.items() if own}


def _parts(edges: Mapping[Hashable, list[Hashable]]) -> list[set[Hashable]]:
    """The strongly connected parts (Kosaraju's way: the order of leaving, then the same backwards)."""
    order: list[Hashable] = []
    seen: set[Hashable] = set()
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(edges[start]))]
        while stack:
            node, onwards = stack[-1]
            following = next((other for other in onwards if other not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(edges[following])))
    back: dict[Hashable, list[Hashable]] = {node: [] for node in edges}
    for node, others in edges.items():
        for other in others:
            back[other].append(node)
    parts: list[set[Hashable]] = []
    placed: set[Hashable] = set()
    for start in reversed(order):
        if start in placed:
            continue
        part, todo = set[Hashable](), [start]
        placed.add(start)
        while todo:
            node = todo.pop()
            part.add(node)
            for other in back[node]:
                if other not in placed:
                    placed.add(other)
                    todo.append(other)
        parts.append(part)
    return parts
