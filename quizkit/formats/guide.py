"""A study guide to print: every question with its answer below it."""

from quizkit.formats.printed import Printed

looks, read, write = (made := Printed("guide")).looks, made.read, made.write
