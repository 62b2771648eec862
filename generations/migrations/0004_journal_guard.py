from django.db import migrations

from generations.journal import guard


def put(apps, schema_editor):
    guard.put(schema_editor.connection)


def remove(apps, schema_editor):
    guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("generations", "0003_generations")]

    operations = [migrations.RunPython(put, remove)]
