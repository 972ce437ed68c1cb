"""What tests of several rooms share."""

pytest_plugins = ["tests.helpers.fixtures"]
