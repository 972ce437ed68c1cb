"""Makes progress-v1.db: a progress file as version 1 of the format kept it, for testing migrations.

Run it only to make the file anew: `python tests/golden/make_progress_v1.py`. The one in the
repository stands for those that learners have.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from quizkit.store import migrations, schema

TARGET = Path(__file__).parent / "progress-v1.db"
DAY_MS = 86_400_000


def events() -> list[tuple[object, ...]]:
    """Three weeks of two learners and four cards, with an undo, a suspended card and a renamed one."""
    rows: list[tuple[object, ...]] = []

    def add(learner: str, type_: str, day: int, card: str, rating: int = 0, target: str = "") -> str:
        n = len(rows)
        at = (19_800 + day) * DAY_MS + 36_000_000 + n * 60_000
        event_id = f"018e{n:04x}-0000-7000-8000-{n:012x}"
        score = None if not rating else (0.0 if rating == 1 else 1.0)
        told = ('["answer"]', "type", 3200, "study", 0.9) if rating else ("", "", 0, "command", 0.0)
        rows.append((event_id, learner, type_, at, 19_800 + day, card, rating, score, *told, 0, 0, target))
        return event_id

    for day, rating in ((0, 3), (0, 3), (2, 3), (13, 1), (13, 3), (15, 3)):
        add("me", "review", day, "camp-david/summit-date/main", rating)
    for day, rating in ((0, 1), (0, 3), (0, 3), (3, 2)):
        add("me", "review", day, "camp-david/venue/main", rating)
    slip = add("me", "review", 8, "camp-david/venue/main", 1)
    add("me", "undo", 8, "camp-david/venue/main", target=slip)
    add("me", "review", 8, "camp-david/venue/main", 4)
    add("yun", "learner", 0, "", target="윤서진")
    add("yun", "review", 1, "camp-david/old-name/main", 4)
    add("yun", "suspend", 2, "camp-david/old-name/main")
    add("", "rename", 9, "camp-david/new-name/main", target="camp-david/old-name/main")
    return rows


def main() -> None:
    """Write the file."""
    TARGET.unlink(missing_ok=True)
    connection = sqlite3.connect(TARGET, isolation_level=None)
    migrations.steps().apply(Database(connection), stop_before=schema.MIGRATION_NAMES[1])
    connection.executemany(f"INSERT INTO event VALUES ({', '.join('?' * 16)})", events())
    connection.execute("INSERT INTO setting VALUES ('learner', 'yun')")
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    main()
