"""How far a machine's English can be trusted: each line checked against its source, reasons for doubt as codes."""

from indexer.translation.trust.checking import check
from indexer.translation.trust.rechecking import recheck_archive, with_doubts
from indexer.translation.trust.severity import SEVERITIES, Severity, severity

__all__ = ["SEVERITIES", "Severity", "check", "recheck_archive", "severity", "with_doubts"]
