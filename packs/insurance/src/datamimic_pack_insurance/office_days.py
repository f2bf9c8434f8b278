"""The days on which insurers work: Monday to Friday but for the holidays of the table `office_holidays`."""

from __future__ import annotations

from datamimic import Data, WorkingDays
from datamimic_pack_common.calendars import working_days


def office_days(data: Data) -> WorkingDays:
    """Those of the world's country; holidays are known of 2000 to 2050."""
    return working_days(data["office_holidays"])
