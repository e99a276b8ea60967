"""What each kind of person may do: one table, which identities and pages ask (spec 07 §1.2).

A new role is a name, its line in ``PERMISSIONS``, and the sign-in that gives it. Pages ask for a
permission, never for a role.
"""

from collections.abc import Mapping
from enum import StrEnum

from register_ects.rules.enumerations import StaffRole


class Permission(StrEnum):
    """Something that a person may do here; what stands before the dot is the area."""

    SCHOOL_VIEW = "school.view"
    SCHOOL_REGISTER = "school.register"
    SCHOOL_IMPERSONATE = "school.impersonate"
    INDUCTION_VIEW = "induction.view"
    INDUCTION_WRITE = "induction.write"
    CONSOLE_VIEW = "console.view"
    TRS_WRITE = "trs.write"
    MESSAGE_SEND = "message.send"
    TRAINING_WRITE = "training.write"
    PARTNERSHIP_WRITE = "partnership.write"
    USERS_MANAGE = "users.manage"
    FINANCE_VIEW = "finance.view"
    FINANCE_WRITE = "finance.write"
    DECLARATION_VOID = "declaration.void"
    DATA_FIX_RUN = "data_fix.run"


class OrganisationRole(StrEnum):
    """What somebody is who signs in for an organisation; ``StaffRole`` is that of DfE's own."""

    SCHOOL = "school"
    STAFF_AS_SCHOOL = "staff_as_school"
    APPROPRIATE_BODY = "appropriate_body"
    APPROPRIATE_BODY_READER = "appropriate_body_reader"


_P = Permission
_AT_SCHOOL = frozenset({_P.SCHOOL_VIEW, _P.SCHOOL_REGISTER})
_ANY_STAFF = frozenset(
    {
        _P.CONSOLE_VIEW,
        _P.INDUCTION_VIEW,
        _P.INDUCTION_WRITE,
        _P.TRS_WRITE,
        _P.MESSAGE_SEND,
        _P.TRAINING_WRITE,
        _P.PARTNERSHIP_WRITE,
        _P.SCHOOL_IMPERSONATE,
    }
)
_FINANCE = frozenset({_P.USERS_MANAGE, _P.FINANCE_VIEW, _P.FINANCE_WRITE, _P.DECLARATION_VOID})

PERMISSIONS: Mapping[str, frozenset[Permission]] = {
    OrganisationRole.SCHOOL: _AT_SCHOOL,
    OrganisationRole.STAFF_AS_SCHOOL: _AT_SCHOOL,
    OrganisationRole.APPROPRIATE_BODY: frozenset({_P.INDUCTION_VIEW, _P.INDUCTION_WRITE}),
    OrganisationRole.APPROPRIATE_BODY_READER: frozenset({_P.INDUCTION_VIEW}),
    StaffRole.ADMIN: _ANY_STAFF,
    StaffRole.USER_MANAGER: _ANY_STAFF | {_P.USERS_MANAGE},
    StaffRole.FINANCE: _ANY_STAFF | _FINANCE,
    StaffRole.PRODUCT_TEAM: _ANY_STAFF | _FINANCE | {_P.DATA_FIX_RUN},
}
