from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("register_ects", "0010_marks_of_schools"),
    ]

    operations = [
        # A page takes less time than starting a second process to help with it.
        migrations.RunSQL(
            "ALTER TABLE shown_resource SET (parallel_workers = 0)",
            reverse_sql="ALTER TABLE shown_resource RESET (parallel_workers)",
        ),
    ]
