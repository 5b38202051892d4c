"""Find the article in a capture: text, typed blocks, publisher, credit, date."""

from sayso.page.find import Page, find_pages, find_reports
from sayso.page.found import Found

__all__ = ["Found", "Page", "find_pages", "find_reports"]
