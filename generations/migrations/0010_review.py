from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("generations", "0009_notices"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="image",
            index=models.Index(condition=models.Q(("decision__isnull", False)), fields=["team", "-decision"], name="image_decided"),
        ),
    ]
