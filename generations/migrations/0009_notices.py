from django.db import migrations, models

import generations.models.people

EVENTS = [
    ("generation.done", "A request is done"),
    ("generation.failed", "A request failed or was refused"),
    ("generation.unknown", "Nobody knows how a request ended"),
    ("review.asked", "Somebody asks for a review"),
    ("review.decided", "An image was decided on"),
    ("comment.mention", "Somebody mentions you"),
    ("comment.added", "Somebody comments on your image"),
    ("spending.asked", "A request waits for its price to be approved"),
    ("spending.decided", "The price of your request was decided on"),
    ("budget.reached", "A budget is nearly or fully used"),
    ("account.paused", "A provider account was paused"),
    ("webhook.off", "A webhook was switched off"),
]


def usual(apps, schema_editor):
    """Nobody has chosen yet: there was no page for it."""
    apps.get_model("generations", "User").objects.filter(mails=[]).update(mails=generations.models.people.usual_mails())


class Migration(migrations.Migration):
    dependencies = [("generations", "0008_outside")]

    operations = [
        migrations.AlterField("user", "mails", models.JSONField(blank=True, default=generations.models.people.usual_mails)),
        migrations.RunPython(usual, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("notice", "event", models.CharField(choices=EVENTS, max_length=20)),
        migrations.AlterField("delivery", "event", models.CharField(choices=EVENTS, max_length=20)),
        migrations.AddIndex("image", models.Index(condition=models.Q(("asked_at__isnull", False)), fields=["asked_at"], name="image_asked")),
    ]
