"""What appropriate bodies upload: nothing was kept in these tables before."""

import datetime
import django.db.models.deletion
import register_ects.models.base
from django.db import migrations, models


#: Those that Django makes for numbers have the name of the table as it was.
_RENAME_CHECKS = """
DO $$
DECLARE old record;
BEGIN
    FOR old IN
        SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype = 'c' AND conname LIKE 'pending\\_induction\\_submission%'
            AND conrelid IN (
                'induction_submission'::regclass, 'induction_submission_batch'::regclass
            )
    LOOP
        EXECUTE format(
            'ALTER TABLE %s RENAME CONSTRAINT %I TO %I',
            old.place, old.conname, replace(old.conname, 'pending_', '')
        );
    END LOOP;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('register_ects', '0047_what_bodies_say_of_extensions'),
    ]

    operations = [
        migrations.RunSQL(
            "DELETE FROM pending_induction_submission;"
            "DELETE FROM pending_induction_submission_batch;"
            "SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.AlterModelOptions(
            name='pendinginductionsubmission',
            options={'ordering': ['number']},
        ),
        migrations.AlterModelOptions(
            name='pendinginductionsubmissionbatch',
            options={'ordering': ['-created_at', '-pk']},
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmission',
            name='pending_induction_submission_trn_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmission',
            name='pending_induction_submission_training_programme_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmission',
            name='pending_induction_submission_outcome_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmission',
            name='pending_induction_submission_values_are_finite',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='batch_status_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='batch_of_at_most_1000_rows',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='pending_induction_submission_batch_error_message_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='pending_induction_submission_batch_file_name_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='pending_induction_submission_batch_file_type_not_empty',
        ),
        migrations.RemoveConstraint(
            model_name='pendinginductionsubmissionbatch',
            name='pending_induction_submission_batch_values_are_finite',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='appropriate_body',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='confirmed_at',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='date_of_birth',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='delete_at',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='error_messages',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='fail_confirmation_sent_on',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='finished_on',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='number_of_terms',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='outcome',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='started_on',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='training_programme',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmission',
            name='trs_snapshot',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='batch_status',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='data',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='error_message',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='file_size',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='file_type',
        ),
        migrations.RemoveField(
            model_name='pendinginductionsubmissionbatch',
            name='processed_count',
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='held',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='induction_period',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submissions', to='register_ects.inductionperiod'),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='name',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='number',
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='problems',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='state',
            field=models.CharField(choices=[('waiting', 'Being checked'), ('ok', 'Ready'), ('error', 'Needs changes'), ('done', 'Recorded')], default='waiting', max_length=7),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmission',
            name='will_do',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='confirmed_by_email',
            field=register_ects.models.base.CaseInsensitiveTextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='confirmed_by_name',
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='expires_at',
            field=models.DateTimeField(db_index=True, default=datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='file_sha256',
            field=models.CharField(blank=True, max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='finished_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='held',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='state',
            field=models.CharField(choices=[('pending', 'Not checked yet'), ('processing', 'Checking'), ('processed', 'Ready to confirm'), ('completing', 'Being recorded'), ('completed', 'Recorded'), ('completed_with_errors', 'Recorded with errors'), ('discarded', 'Discarded')], default='pending', max_length=21),
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='uploaded_by_email',
            field=register_ects.models.base.CaseInsensitiveTextField(default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='pendinginductionsubmissionbatch',
            name='uploaded_by_name',
            field=models.TextField(default=''),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmission',
            name='batch',
            field=models.ForeignKey(default=0, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='register_ects.pendinginductionsubmissionbatch'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmissionbatch',
            name='claimed_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmissionbatch',
            name='errored_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmissionbatch',
            name='passed_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmissionbatch',
            name='released_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='pendinginductionsubmissionbatch',
            name='uploaded_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='pendinginductionsubmissionbatch',
            index=models.Index(fields=['appropriate_body', 'batch_type', '-created_at'], name='batches_of_body'),
        ),
        migrations.AddIndex(
            model_name='pendinginductionsubmissionbatch',
            index=models.Index(condition=models.Q(('state__in', ['processing', 'completing'])), fields=['updated_at'], name='batches_at_work'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'ok', 'error', 'done']), ('state__isnull', True), _connector='OR'), name='submission_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='submission_has_a_number_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('held', b''), _connector='OR'), name='submission_that_is_done_holds_nothing'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ok'), _negated=True), models.Q(('trn__isnull', False), ('will_do__isnull', False)), _connector='OR'), name='submission_that_is_ok_says_what_it_will_do'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(('trn__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_trn_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(('will_do__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_will_do_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmission',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('created_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('updated_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('checked_at'), function='isfinite', output_field=models.BooleanField())), name='induction_submission_values_are_finite'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'processing', 'processed', 'completing', 'completed', 'completed_with_errors', 'discarded']), ('state__isnull', True), _connector='OR'), name='batch_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('uploaded_count__lte', 5000)), name='batch_of_at_most_5000_rows'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('confirmed_by_email__isnull', False)), models.Q(('state__in', ['completing', 'completed', 'completed_with_errors']), _negated=True), _connector='OR'), name='batch_is_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='batch_expires_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('uploaded_by_name__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_batch_uploaded_by_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('uploaded_by_email__isnull', True), ('uploaded_by_email__regex', '^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$'), _connector='OR'), name='induction_submission_batch_uploaded_by_email_is_an_email'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('file_name__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_batch_file_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('file_sha256__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_batch_file_sha256_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by_name__regex', '[^\\U00000001-\\U00000020\\U0000007f-\\U000000a0\\U00001680-\\U00001680\\U00002000-\\U0000200a\\U00002028-\\U00002029\\U0000202f-\\U0000202f\\U0000205f-\\U0000205f\\U00003000-\\U00003000\\U0000fff9-\\U0000fffb\\U000000ad-\\U000000ad\\U0000034f-\\U0000034f\\U0000061c-\\U0000061c\\U0000115f-\\U00001160\\U000017b4-\\U000017b5\\U0000180b-\\U0000180f\\U0000200b-\\U0000200f\\U0000202a-\\U0000202e\\U00002060-\\U0000206f\\U00003164-\\U00003164\\U0000fe00-\\U0000fe0f\\U0000feff-\\U0000feff\\U0000ffa0-\\U0000ffa0\\U0000fff0-\\U0000fff8\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a\\U000e0000-\\U000e0fff\\U00002800-\\U00002800\\U0001d159-\\U0001d159]')), name='induction_submission_batch_confirmed_by_name_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by_email__isnull', True), ('confirmed_by_email__regex', '^(?!.*\\.\\.)[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$'), _connector='OR'), name='induction_submission_batch_confirmed_by_email_is_an_email'),
        ),
        migrations.AddConstraint(
            model_name='pendinginductionsubmissionbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Func(models.F('created_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('updated_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('confirmed_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('finished_at'), function='isfinite', output_field=models.BooleanField()), models.Func(models.F('expires_at'), function='isfinite', output_field=models.BooleanField())), name='induction_submission_batch_values_are_finite'),
        ),
        migrations.AlterModelTable(
            name='pendinginductionsubmission',
            table='induction_submission',
        ),
        migrations.AlterModelTable(
            name='pendinginductionsubmissionbatch',
            table='induction_submission_batch',
        ),
        migrations.RunSQL(_RENAME_CHECKS, migrations.RunSQL.noop),
    ]
