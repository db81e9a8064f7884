"""Reading dates in Arabic and English text, and judging when a document was published."""

from archive.dates.date_lines import is_date_line
from archive.dates.publication import publication_date
from archive.dates.reading import DateMention, find_dates

__all__ = ["DateMention", "find_dates", "is_date_line", "publication_date"]
