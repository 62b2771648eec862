from django.db import migrations, models

from generations.dialects.filters import flagged

AT_ONCE = 1000
WORD = {
    "sqlite": "UPDATE generations_terms SET terms = terms || ' =flagged' WHERE rowid = %s",
    "postgresql": "UPDATE generations_terms SET terms = terms || '''=flagged'':1'::tsvector WHERE id = %s",
}


def look_back(apps, schema_editor):
    """A place in the table at a time, so that no statement holds more than a page of it. Most providers say nothing."""
    images = apps.get_model("generations", "Image").objects
    told = images.filter(attempt__filters__isnull=False).order_by("pk").values_list("pk", "index", "attempt__filters")
    last = 0
    while page := list(told.filter(pk__gt=last)[:AT_ONCE]):
        found = [pk for pk, index, said in page if flagged(said, index)]
        images.filter(pk__in=found).update(flagged=True)
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(WORD[schema_editor.connection.vendor], [(pk,) for pk in found])
        last = page[-1][0]


class Migration(migrations.Migration):
    dependencies = [("generations", "0009_generations_by_status")]

    operations = [
        migrations.AddField("comment", "removed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("image", "flagged", models.BooleanField(default=False)),
        migrations.AddIndex(
            "image", models.Index(fields=["team", "-decision"], name="image_flagged", condition=models.Q(flagged=True))
        ),
        migrations.RunPython(look_back, migrations.RunPython.noop),
    ]
