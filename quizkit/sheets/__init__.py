"""Printed sheets: study guides and cards to cut out, as pages and as PDF."""
