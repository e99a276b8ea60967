"""Lock parents before checking nesting, watch structures that move, keep every word of an event.

Also two missing checks (the placement of an ECT declaration, the programme of an induction) and
two look-up indexes. Source: spec 01 §3.4, §4.6, §4.7, §4.8, §4.9.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register_ects', '0003_composite_keys'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='bandedfeestructure',
            name='banded_structure_matches_type',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='contract_fee_structures_match',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='event',
            name='events_are_never_rewritten',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='flatratefeestructure',
            name='flat_rate_structure_matches_type',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='mentorshipperiod',
            name='mentorship_lies_within_both_placements',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='trainingperiod',
            name='training_lies_within_its_placement',
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['-happened_at', '-id'], name='events_newest_first'),
        ),
        migrations.AddIndex(
            model_name='outgoingemail',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['queued_at'], name='emails_to_send'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bandedfeestructure',
            trigger=pgtrigger.compiler.Trigger(name='banded_structure_matches_type', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ", hash='a70c513b3d1af54cd19fd574e92a500770eb949c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_banded_structure_matches_type_947ed', table='contract_banded_fee_structure', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='contract_fee_structures_match', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ", hash='f95bc7cc6c89e2de68c559a156500a4e6015facf', operation='INSERT OR UPDATE', pgid='pgtrigger_contract_fee_structures_match_73180', table='contract', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='events_are_never_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (NEW.id, NEW.event_type, NEW.category, NEW.heading, NEW.body, NEW.happened_at, NEW.recorded_at, NEW.author_type, NEW.author_email, NEW.author_name, NEW.modifications, NEW.metadata, NEW.zendesk_ticket_id) IS DISTINCT FROM (OLD.id, OLD.event_type, OLD.category, OLD.heading, OLD.body, OLD.happened_at, OLD.recorded_at, OLD.author_type, OLD.author_email, OLD.author_name, OLD.modifications, OLD.metadata, OLD.zendesk_ticket_id) THEN\n                RAISE EXCEPTION 'Events are never rewritten'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'events_are_never_rewritten';\n            END IF;\n            RETURN NEW;\n        ", hash='de607bffed544c6ce183a03ce63dc952197d0187', operation='UPDATE', pgid='pgtrigger_events_are_never_rewritten_e585d', table='event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flatratefeestructure',
            trigger=pgtrigger.compiler.Trigger(name='flat_rate_structure_matches_type', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF TG_OP <> 'DELETE' THEN\n                \n    PERFORM 1 FROM contract WHERE id = NEW.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = NEW.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            IF TG_OP <> 'INSERT' THEN\n                \n    PERFORM 1 FROM contract WHERE id = OLD.contract_id FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT 1 FROM contract c WHERE c.id = OLD.contract_id AND NOT (\n            EXISTS (SELECT 1 FROM contract_banded_fee_structure b WHERE b.contract_id = c.id)\n            AND (c.contract_type = 'ittecf_ectp') =\n                EXISTS (SELECT 1 FROM contract_flat_rate_fee_structure f WHERE f.contract_id = c.id)\n        )\n    ) THEN\n        RAISE EXCEPTION 'The fee structures do not match the contract type'\n        USING ERRCODE = 'integrity_constraint_violation',\n            CONSTRAINT = 'fee_structures_match_contract_type';\n    END IF;\n\n            END IF;\n            RETURN NULL;\n        ", hash='373f8b1cf9c581d7b1eda2fcfcbab358c86ef596', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_flat_rate_structure_matches_type_370d7', table='contract_flat_rate_fee_structure', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mentorshipperiod',
            trigger=pgtrigger.compiler.Trigger(name='mentorship_lies_within_both_placements', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    PERFORM 1 FROM ect_at_school_period\n                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;\n                    PERFORM 1 FROM mentor_at_school_period\n                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM mentorship_period child\n                    JOIN ect_at_school_period ect ON ect.id = child.ect_at_school_period_id\n                    JOIN mentor_at_school_period mentor\n                        ON mentor.id = child.mentor_at_school_period_id\n                    WHERE child.id = NEW.id\n                    AND NOT (ect.period @> child.period AND mentor.period @> child.period)\n                ) THEN\n                RAISE EXCEPTION 'A mentorship must lie within both placements'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'mentorship_lies_within_both_placements';\n            END IF;\n            RETURN NEW;\n        ", hash='d1055530ca2728db7c0bab07bacf0570e868c27a', operation='INSERT OR UPDATE', pgid='pgtrigger_mentorship_lies_within_both_placements_86192', table='mentorship_period', timing='DEFERRABLE INITIALLY IMMEDIATE', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingperiod',
            trigger=pgtrigger.compiler.Trigger(name='training_lies_within_its_placement', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    PERFORM 1 FROM ect_at_school_period\n                        WHERE id = NEW.ect_at_school_period_id FOR SHARE;\n                    PERFORM 1 FROM mentor_at_school_period\n                        WHERE id = NEW.mentor_at_school_period_id FOR SHARE;\n            IF EXISTS (\n                    SELECT 1 FROM training_period child\n                    JOIN ect_at_school_period parent ON parent.id = child.ect_at_school_period_id\n                    WHERE child.id = NEW.id AND NOT parent.period @> child.period\n                ) OR EXISTS (\n                    SELECT 1 FROM training_period child\n                    JOIN mentor_at_school_period parent\n                        ON parent.id = child.mentor_at_school_period_id\n                    WHERE child.id = NEW.id AND NOT parent.period @> child.period\n                ) THEN\n                RAISE EXCEPTION 'Training must lie within its placement'\n                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'training_lies_within_its_placement';\n            END IF;\n            RETURN NEW;\n        ", hash='85bb90e19b378bcf597b6420cb554e491cd34ec4', operation='INSERT OR UPDATE', pgid='pgtrigger_training_lies_within_its_placement_4bac6', table='training_period', timing='DEFERRABLE INITIALLY IMMEDIATE', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='declaration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ect_at_school_period__isnull', False), ('trainee_role', 'ect')), models.Q(('ect_at_school_period__isnull', True), ('trainee_role', 'mentor')), _connector='OR'), name='ect_declaration_names_its_placement'),
        ),
        migrations.AddConstraint(
            model_name='inductionperiod',
            constraint=models.CheckConstraint(condition=models.Q(('training_programme__isnull', False), models.Q(('legacy_programme__in', ['unknown', 'pre_september_2021']), ('legacy_programme__isnull', False)), _connector='OR'), name='induction_programme_missing_only_in_old_records'),
        ),
    ]
