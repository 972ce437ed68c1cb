"""Flashcards to print on both sides and cut out."""

from quizkit.formats.printed import Printed

looks, read, write = (made := Printed("cards")).looks, made.read, made.write
