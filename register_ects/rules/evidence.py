"""Which evidence a lead provider must hold for a declaration (spec 03 §3.6)."""

from register_ects.rules.enumerations import DeclarationType, EvidenceType, TraineeRole

_SIMPLE = (
    EvidenceType.TRAINING_EVENT_ATTENDED,
    EvidenceType.SELF_STUDY_MATERIAL_COMPLETED,
    EvidenceType.OTHER,
)
_DETAILED = (
    EvidenceType.TRAINING_EVENT_ATTENDED,
    EvidenceType.SELF_STUDY_MATERIAL_COMPLETED,
    EvidenceType.MATERIALS_ENGAGED_WITH_OFFLINE,
    EvidenceType.OTHER,
)
_ENGAGEMENT = (EvidenceType.ENGAGEMENT_MET, EvidenceType.ENGAGEMENT_MET_REDUCED_INDUCTION)


def allowed(declaration_type: str, *, role: str, detailed: bool) -> tuple[str, ...] | None:
    """Return the evidence that fits a declaration; None when none is asked for.

    ``detailed`` is the contract period's flag, on from 2025.
    """
    if not detailed:
        return None if declaration_type == DeclarationType.STARTED else _SIMPLE
    if declaration_type == DeclarationType.RETAINED_2:
        return _ENGAGEMENT
    if declaration_type == DeclarationType.COMPLETED:
        return _ENGAGEMENT + ((EvidenceType.ONE_TERM_INDUCTION,) if role == TraineeRole.ECT else ())
    return _DETAILED


def stored(
    evidence_type: str | None, *, declaration_type: str, role: str, detailed: bool
) -> str | None:
    """Return what is kept of the evidence sent: nothing where none is asked for (spec 00)."""
    asked_for = allowed(declaration_type, role=role, detailed=detailed) is not None
    return evidence_type if asked_for else None
