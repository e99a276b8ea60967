"""What a declaration may be or become: triggers that look at other rows, and at what was paid."""

import pgtrigger

from register_ects.models.base import never_changes, refusing_trigger

#: What a lead provider claimed. Person, provider and year follow the training, of which they are
#: copies: two records of one person may still become one.
_CLAIM = (
    *("api_id", "training_period_id", "trainee_role", "declaration_type", "declaration_date"),
    *("evidence_type", "pupil_premium_uplift", "sparsity_uplift", "created_at"),
)
_CLAIM_CHANGED = "({}) IS DISTINCT FROM ({})".format(
    ", ".join(f"NEW.{column}" for column in _CLAIM), ", ".join(f"OLD.{column}" for column in _CLAIM)
)

#: What a declaration may be or become only as other rows allow, or not at all (spec 01 §4.7,
#: §11, spec 04 §4.2). Each is called only for the few rows that its condition picks.
DECLARATION_TRIGGERS = [
    never_changes(
        "delivery_partner_when_created_id",
        name="declared_delivery_partner_never_changes",
        problem="delivery_partner cannot_change",
        sentence="The delivery partner of a declaration cannot be changed. Void it and submit "
        "another",
    ),
    refusing_trigger(
        name="declarations_are_on_output_statements",
        condition="NEW.payment_statement_id IS NOT NULL",
        when_set=["payment_statement_id", "clawback_statement_id"],
        when_broken="""EXISTS (
            SELECT 1 FROM statement WHERE fee_type = 'service'
            AND id IN (NEW.payment_statement_id, NEW.clawback_statement_id))""",
        message="A service fee statement takes no declarations",
        problem="payment_statement service_fee",
    ),
    refusing_trigger(
        name="nothing_is_paid_on_an_open_statement",
        condition="NEW.payment_status = 'paid'",
        when_set=["payment_status", "payment_statement_id", "clawback_status"],
        when_broken="""EXISTS (
                SELECT 1 FROM statement WHERE status = 'open' AND (id = NEW.payment_statement_id
                OR id = NEW.clawback_statement_id AND NEW.clawback_status = 'clawed_back'))""",
        message="Nothing is paid or clawed back on an open statement",
        problem="payment_statement still_open",
        sentence="A declaration is paid or clawed back once its statement has closed, not while it "
        "is open",
    ),
    refusing_trigger(
        name="paid_declarations_stay_paid",
        operation=pgtrigger.Update,
        condition="OLD.payment_status = 'paid'",
        when_broken="""NEW.payment_status <> 'paid'
            OR NEW.payment_statement_id IS DISTINCT FROM OLD.payment_statement_id""",
        message="A paid declaration stays paid: it may be clawed back",
        problem="payment_status already_paid",
        sentence="A paid declaration stays paid on its statement. It can only be clawed back",
    ),
    refusing_trigger(
        name="what_is_on_a_paid_statement_stays",
        operation=pgtrigger.Update,
        # What is still owed, or paid, has triggers of its own.
        condition="NEW.payment_status = 'voided' "
        "AND OLD.payment_statement_id IS DISTINCT FROM NEW.payment_statement_id",
        when_broken="""EXISTS (
            SELECT 1 FROM statement WHERE status = 'paid'
            AND id IN (OLD.payment_statement_id, NEW.payment_statement_id))""",
        message="A voided declaration stays on the paid statement that it is on, and joins none",
        problem="payment_statement already_paid",
    ),
    refusing_trigger(
        name="what_was_paid_for_never_changes",
        operation=pgtrigger.Update,
        condition=f"OLD.payment_status = 'paid' AND {_CLAIM_CHANGED}",
        when_broken="true",
        message="What a paid declaration claims never changes",
        problem="payment_status already_paid",
        sentence="What a paid declaration says cannot be changed. It can only be clawed back",
    ),
    # A statement changes before what is on it: the check of what it leaves behind comes last.
    refusing_trigger(
        name="what_is_owed_keeps_step_with_its_statement",
        condition="NEW.payment_status IN ('eligible', 'payable', 'paid')",
        when_set=["payment_status", "payment_statement_id"],
        when_broken="""(TG_OP = 'UPDATE' OR NEW.payment_status <> 'paid') AND EXISTS (
            SELECT 1 FROM statement WHERE id = NEW.payment_statement_id
            AND CASE NEW.payment_status WHEN 'eligible' THEN status <> 'open'
                WHEN 'payable' THEN status <> 'payable' ELSE status = 'paid' END)""",
        message="What is owed on a statement is as far as the statement",
        problem="payment_status does_not_match",
        sentence="A declaration is eligible on an open statement and payable on a closed one. It is"
        " paid when that statement is authorised, not later",
    ),
    refusing_trigger(
        name="nothing_is_clawed_back_on_a_paid_statement",
        condition="NEW.clawback_status <> 'no_clawback'",
        when_set=["clawback_status", "clawback_statement_id"],
        when_broken="""(TG_OP = 'UPDATE' OR NEW.clawback_status = 'awaiting_clawback')
            AND EXISTS (
                SELECT 1 FROM statement
                WHERE id = NEW.clawback_statement_id AND status = 'paid')""",
        message="A paid statement takes no clawbacks",
        problem="clawback_statement already_paid",
        sentence="A paid statement takes no clawbacks. Choose one that is still open",
    ),
    refusing_trigger(
        name="what_is_settled_is_on_a_paid_statement",
        # At the end of the transaction: what is on a statement is paid before the statement is.
        condition="NEW.payment_status = 'paid'",
        when_set=[
            *("payment_status", "payment_statement_id"),
            *("clawback_status", "clawback_statement_id"),
        ],
        when_broken="""EXISTS (
            SELECT 1 FROM statement WHERE status <> 'paid' AND id IN (
                NEW.payment_statement_id,
                CASE NEW.clawback_status WHEN 'clawed_back' THEN NEW.clawback_statement_id END))""",
        message="What is paid or clawed back is on a statement that is paid",
        deferred=True,
        problem="payment_status does_not_match",
        sentence="A declaration is paid or clawed back together with its statement",
    ),
    refusing_trigger(
        name="what_is_owed_never_goes_back",
        operation=pgtrigger.Update,
        condition="OLD.payment_status IN ('eligible', 'payable')",
        when_broken="""NEW.payment_status = 'no_payment'
            OR OLD.payment_status = 'payable' AND NEW.payment_status = 'eligible'""",
        message="A declaration goes from eligible to payable to paid, or is voided",
        problem="payment_status cannot_change",
    ),
    refusing_trigger(
        name="voided_declarations_stay_voided",
        operation=pgtrigger.Update,
        condition="OLD.payment_status = 'voided'",
        when_broken="NEW.payment_status <> 'voided'",
        message="A voided declaration stays voided",
        problem="payment_status already_voided",
    ),
    refusing_trigger(
        name="clawbacks_are_never_taken_back",
        operation=pgtrigger.Update,
        condition="OLD.clawback_status <> 'no_clawback'",
        when_broken="""NEW.clawback_status = 'no_clawback' OR OLD.clawback_status = 'clawed_back'
            AND (NEW.clawback_status <> 'clawed_back'
                OR NEW.clawback_statement_id IS DISTINCT FROM OLD.clawback_statement_id)""",
        message="A clawback is never taken back",
        problem="clawback_status already_clawed_back",
    ),
    refusing_trigger(
        name="declarations_on_a_statement_are_never_deleted",
        operation=pgtrigger.Delete,
        condition="OLD.payment_statement_id IS NOT NULL",
        when_broken="true",
        message="A declaration on a statement is never deleted",
        problem="cannot_delete",
    ),
    refusing_trigger(
        name="uplifts_only_in_years_that_pay_them",
        condition="NEW.pupil_premium_uplift OR NEW.sparsity_uplift",
        when_set=["pupil_premium_uplift", "sparsity_uplift"],
        when_broken="""EXISTS (
            SELECT 1 FROM contract_period
            WHERE year = NEW.contract_period_year AND NOT uplift_fees_enabled)""",
        message="The contract period pays no uplifts",
        problem="declaration_type uplift_not_allowed",
    ),
    refusing_trigger(
        name="funded_mentors_start_and_complete_only",
        condition="NEW.trainee_role = 'mentor' AND NEW.declaration_type LIKE 'retained-%'",
        when_set=["declaration_type", "contract_period_year"],
        when_broken="""EXISTS (
            SELECT 1 FROM contract_period
            WHERE year = NEW.contract_period_year AND mentor_funding_enabled)""",
        message="In this contract period mentors have started and completed declarations only",
        problem="declaration_type not_for_funded_mentors",
    ),
    refusing_trigger(
        name="extended_points_only_on_extended_schedules",
        condition="NEW.declaration_type LIKE 'extended-%'",
        when_set=["declaration_type", "training_period_id"],
        when_broken="""EXISTS (
            SELECT 1 FROM training_period
            WHERE id = NEW.training_period_id AND schedule_kind IS DISTINCT FROM 'extended')""",
        message="An extended point belongs to an extended schedule",
        problem="declaration_type not_in_schedule",
        sentence="Only training on an extended schedule can have an extended declaration",
    ),
]
