from django.db import migrations, models
from django.db.models import Q

SQLITE = [
    # The words are made by generations/search, so there is nothing for a tokenizer to find but spaces.
    "CREATE VIRTUAL TABLE generations_terms USING fts5(terms, tokenize = \"ascii tokenchars '=/.:-'\", prefix = '1 2 3', columnsize = 0)",
]
POSTGRES = [
    "CREATE TABLE generations_terms (id bigint PRIMARY KEY, terms tsvector NOT NULL)",
    # Without a list of what is still to be sorted in: every search would read all of it.
    "CREATE INDEX generations_terms_words ON generations_terms USING gin (terms) WITH (fastupdate = off)",
]
STATUS = ["coming", "stored", "refused", "lost", "missing", "removed"]


def create(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE generations_terms")


class Migration(migrations.Migration):
    dependencies = [("generations", "0004_journal_guard")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.RemoveConstraint("image", "image_status_known"),
        migrations.AlterField(
            "image", "status", models.CharField(choices=[(name, name.title()) for name in STATUS], default="coming", max_length=8)
        ),
        migrations.AddConstraint("image", models.CheckConstraint(condition=Q(status__in=STATUS), name="image_status_known")),
        migrations.AddIndex("image", models.Index(fields=["team", "created_at"], name="image_date")),
        migrations.AddIndex("image", models.Index(fields=["trashed_at"], name="image_trashed", condition=Q(trashed_at__isnull=False))),
    ]
