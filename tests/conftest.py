"""What tests of several rooms share."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.helpers.fixtures"]

# A busy machine makes no property false. CI tries the same examples every time: no landing hangs on luck.
settings.register_profile(
    "quizkit", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("quizkit")
