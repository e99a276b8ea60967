from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


AddTrigger = import_module("register_ects.migrations.0002_data_model").AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0009_schools_in_partnership"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="mentorshipperiod",
            name="marks_what_is_stale",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="schoolpartnership",
            name="marks_what_is_stale",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="trainingperiod",
            name="marks_what_is_stale",
        ),
        AddTrigger(
            model_name="mentorshipperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.ect_teacher_id), ('teacher', NEW.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.ect_teacher_id), ('teacher', OLD.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.ect_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.ect_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.mentor_teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="05f5308d6b41be1e95465d495958aa52ef710f43",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_ae687",
                    table="mentorship_period",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="schoolpartnership",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', NEW.id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', OLD.id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('partnership_details', OLD.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('partnership_details', NEW.id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            END IF;\n            RETURN NULL;\n        ",
                    hash="ddf29d764faaaff54e921244de87434bf5c9a7c1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_3888c",
                    table="school_partnership",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="trainingperiod",
            trigger=pgtrigger.compiler.Trigger(
                name="marks_what_is_stale",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            IF coalesce(current_setting('register_ects.mark_stale', true), '') = 'off' THEN\n                RETURN NULL;\n            ELSIF TG_OP = 'INSERT' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id), ('partnership', NEW.school_partnership_id), ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSIF TG_OP = 'DELETE' THEN\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id), ('partnership', OLD.school_partnership_id), ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL;\n            ELSE\n                INSERT INTO stale_mark (kind, record_id) SELECT v.kind, v.key FROM (VALUES ('teacher', OLD.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('teacher', NEW.teacher_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('partnership', OLD.school_partnership_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('partnership', NEW.school_partnership_id)) AS v(kind, key) WHERE v.key IS NOT NULL UNION SELECT v.kind, v.key FROM (VALUES ('school', OLD.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL AND (OLD.school_id, OLD.training_programme, OLD.school_partnership_id, OLD.expression_of_interest_id, OLD.started_on) IS DISTINCT FROM (NEW.school_id, NEW.training_programme, NEW.school_partnership_id, NEW.expression_of_interest_id, NEW.started_on) UNION SELECT v.kind, v.key FROM (VALUES ('school', NEW.school_id)) AS v(kind, key) WHERE v.key IS NOT NULL AND (OLD.school_id, OLD.training_programme, OLD.school_partnership_id, OLD.expression_of_interest_id, OLD.started_on) IS DISTINCT FROM (NEW.school_id, NEW.training_programme, NEW.school_partnership_id, NEW.expression_of_interest_id, NEW.started_on);\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f821fd8eb927829aefbe1cde5b485581abb1ea07",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_marks_what_is_stale_0562a",
                    table="training_period",
                    when="AFTER",
                ),
            ),
        ),
    ]
