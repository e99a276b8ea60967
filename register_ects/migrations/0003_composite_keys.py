"""Composite foreign keys: repeated columns can never disagree with the rows they repeat.

They carry a person, a school, a lead provider or a contract period from parent to child, so that
constraints of the child can speak of them; ON UPDATE CASCADE moves them when a parent moves
(spec 01 §4.5 Improve, invariants 14, 15, 16, 18, 21 and 26).
"""

from django.db import migrations

#: child table, constraint name, child columns, parent table, parent columns
KEYS = [
    (
        "lead_provider_delivery_partnership",
        "pairing_agrees_with_its_active_lead_provider",
        "active_lead_provider_id, lead_provider_id, contract_period_year",
        "active_lead_provider",
        "id, lead_provider_id, contract_period_year",
    ),
    (
        "school_partnership",
        "partnership_agrees_with_its_pairing",
        "lead_provider_delivery_partnership_id, lead_provider_id, contract_period_year",
        "lead_provider_delivery_partnership",
        "id, lead_provider_id, contract_period_year",
    ),
    (
        "mentorship_period",
        "mentorship_agrees_with_its_ect_placement",
        "ect_at_school_period_id, ect_teacher_id, school_id",
        "ect_at_school_period",
        "id, teacher_id, school_id",
    ),
    (
        "mentorship_period",
        "mentorship_agrees_with_its_mentor_placement",
        "mentor_at_school_period_id, mentor_teacher_id, school_id",
        "mentor_at_school_period",
        "id, teacher_id, school_id",
    ),
    (
        "training_period",
        "training_agrees_with_its_ect_placement",
        "ect_at_school_period_id, teacher_id, school_id",
        "ect_at_school_period",
        "id, teacher_id, school_id",
    ),
    (
        "training_period",
        "training_agrees_with_its_mentor_placement",
        "mentor_at_school_period_id, teacher_id, school_id",
        "mentor_at_school_period",
        "id, teacher_id, school_id",
    ),
    (
        "training_period",
        "training_agrees_with_its_partnership",
        "school_partnership_id, school_id, lead_provider_id, contract_period_year",
        "school_partnership",
        "id, school_id, lead_provider_id, contract_period_year",
    ),
    (
        "training_period",
        "training_agrees_with_its_expression_of_interest",
        "expression_of_interest_id, lead_provider_id, contract_period_year",
        "active_lead_provider",
        "id, lead_provider_id, contract_period_year",
    ),
    (
        "training_period",
        "training_agrees_with_its_schedule",
        "schedule_id, contract_period_year, schedule_kind",
        "schedule",
        "id, contract_period_year, kind",
    ),
    (
        "declaration",
        "declaration_agrees_with_its_training_period",
        "training_period_id, teacher_id, trainee_role, lead_provider_id, contract_period_year",
        "training_period",
        "id, teacher_id, trainee_role, lead_provider_id, contract_period_year",
    ),
    (
        "declaration",
        "declaration_agrees_with_the_placement_of_its_training",
        "training_period_id, ect_at_school_period_id",
        "training_period",
        "id, ect_at_school_period_id",
    ),
    (
        "declaration",
        "declaration_agrees_with_its_mentorship",
        "mentorship_period_id, ect_at_school_period_id",
        "mentorship_period",
        "id, ect_at_school_period_id",
    ),
    (
        "declaration",
        "declaration_agrees_with_its_payment_statement",
        "payment_statement_id, lead_provider_id, contract_period_year",
        "statement",
        "id, lead_provider_id, contract_period_year",
    ),
    (
        "declaration",
        "declaration_agrees_with_its_clawback_statement",
        "clawback_statement_id, lead_provider_id, contract_period_year",
        "statement",
        "id, lead_provider_id, contract_period_year",
    ),
    (
        "contract_banded_fee_structure",
        "banded_fees_agree_with_their_contract",
        "contract_id, active_lead_provider_id",
        "contract",
        "id, active_lead_provider_id",
    ),
    (
        "contract_band_term",
        "band_term_agrees_with_its_fee_structure",
        "banded_fee_structure_id, active_lead_provider_id",
        "contract_banded_fee_structure",
        "id, active_lead_provider_id",
    ),
    (
        "contract_band_term",
        "band_term_agrees_with_its_band",
        "band_id, active_lead_provider_id",
        "active_lead_provider_band",
        "id, active_lead_provider_id",
    ),
    (
        "statement",
        "statement_agrees_with_its_contract",
        "contract_id, active_lead_provider_id",
        "contract",
        "id, active_lead_provider_id",
    ),
    (
        "statement",
        "statement_agrees_with_its_active_lead_provider",
        "active_lead_provider_id, lead_provider_id, contract_period_year",
        "active_lead_provider",
        "id, lead_provider_id, contract_period_year",
    ),
]


def _add(table: str, name: str, columns: str, parent: str, parent_columns: str) -> str:
    on_update = "NO ACTION" if "kind" in parent_columns else "CASCADE"
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES {parent} ({parent_columns}) ON UPDATE {on_update} "
        "DEFERRABLE INITIALLY IMMEDIATE"
    )


class Migration(migrations.Migration):
    dependencies = [("register_ects", "0002_data_model")]
    operations = [
        migrations.RunSQL(_add(*key), f"ALTER TABLE {key[0]} DROP CONSTRAINT {key[1]}")
        for key in KEYS
    ]
