"""Verification of outputs: everything recomputed from the manifest alone and compared with what is stored."""

from datamimic.reproducing.verification.causes import Causes
from datamimic.reproducing.verification.report import Difference, OutputReport, Report, render
from datamimic.reproducing.verification.verifying import rows_described, verify

__all__ = ["Causes", "Difference", "OutputReport", "Report", "render", "rows_described", "verify"]
