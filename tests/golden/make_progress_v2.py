"""Makes progress-v2.db: a progress file as version 2 of the format kept it, for testing migrations.

It was made by the last quizkit that wrote version 2 (its `quizkit` folder first on PYTHONPATH), and stands for those
that learners have: `python tests/golden/make_progress_v2.py`. A newer quizkit would write a newer file.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

from quizkit.clock import Calendar, Clock
from quizkit.model import EventType, Origin, Rating
from quizkit.store import Store, schema

TARGET = Path(__file__).parent / "progress-v2.db"
START, DAY = 20_000 * 86_400_000 + 36_000_000, 86_400_000


def main() -> None:
    """Write the file: two learners over three weeks, in two languages, with an undo and a renamed card."""
    assert schema.VERSION == 2, "this is not the quizkit that made the file"
    TARGET.unlink(missing_ok=True)
    clock = Clock(Calendar(UTC), fixed=START)
    with Store.open(TARGET, clock=clock) as store:
        yun = store.add_learner("윤서진")
        for day, rating in ((0, 3), (0, 3), (2, 3), (13, 1), (13, 3), (15, 3)):
            clock.fixed = START + day * DAY
            store.review(
                "me", "camp-david/venue/main", Rating(rating), score=float(rating > 1), lang="en", shape="type"
            )
            store.review(yun, "camp-david/venue/main", Rating(rating), response='["답"]', lang="ko", origin=Origin.QUIZ)
        store.review("me", "camp-david/old-name/main", Rating.EASY)
        store.review("me", "camp-david/venue/main", Rating.AGAIN)
        store.undo("me")
        store.record(EventType.SUSPEND, yun, "camp-david/old-name/main")
        store.append(store.make(EventType.RENAME, "", "camp-david/new-name/main", target="camp-david/old-name/main"))
        store.use_learner(yun)
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.connection.execute("VACUUM")


if __name__ == "__main__":
    main()
