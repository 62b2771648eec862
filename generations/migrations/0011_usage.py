from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('generations', '0010_review'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='missing',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='generation',
            index=models.Index(fields=['team', 'created_at'], name='generation_day'),
        ),
    ]
