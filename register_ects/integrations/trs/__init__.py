"""The Teaching Record System (TRS): who a teacher is, and what became of their induction.

What TRS's answers mean for teachers, schools and bodies is not decided here.
How it is used, and its local stand-in: docs/integrations/trs.md.
"""

from register_ects.integrations.trs.client import TRSClient, get_client
from register_ects.integrations.trs.errors import (
    TeacherDeactivated,
    TeacherMerged,
    TeacherNotFound,
    TRSError,
    TRSMisconfigured,
    TRSRejected,
    TRSStale,
    TRSUnavailable,
)
from register_ects.integrations.trs.records import PROHIBITION_CATEGORY, Alert, Route, TeacherRecord
