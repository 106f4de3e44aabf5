import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0004_import_guards'),
        ('trainings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=40, unique=True, verbose_name='identifiant public')),
                ('kind', models.CharField(choices=[('internal', 'Interne'), ('group', 'Groupe'), ('external', 'Organisme externe')], max_length=10, verbose_name='nature')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('ice', models.CharField(blank=True, max_length=15, verbose_name='ICE')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('city', models.CharField(blank=True, max_length=60, verbose_name='ville')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='téléphone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('rib_sealed', models.BinaryField(default=bytes, verbose_name='RIB scellé')),
                ('rib_fingerprint', models.BinaryField(default=bytes, max_length=32, verbose_name='empreinte du RIB')),
                ('rib_last_digits', models.CharField(blank=True, max_length=4, verbose_name='fin du RIB')),
                ('declared_at', models.DateTimeField(verbose_name='déclaré le')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déclaré par')),
                ('firm', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='providers', to='companies.firm', verbose_name='entreprise')),
            ],
            options={
                'verbose_name': 'organisme de formation',
                'verbose_name_plural': 'organismes de formation',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind', 'internal')), fields=('firm',), name='provider_internal_once'),
                    models.UniqueConstraint(condition=models.Q(('ice', ''), _negated=True), fields=('firm', 'kind', 'ice'), name='provider_ice_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'external'), _negated=True), models.Q(('ice', ''), _negated=True), _connector='OR'), name='provider_external_has_an_ice'),
                    models.CheckConstraint(condition=models.Q(('ice', ''), ('ice__regex', '^\\d{15}$'), _connector='OR'), name='provider_ice_15_digits'),
                    models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='provider_has_a_name'),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name='programme', name='programme_external_names_its_provider'),
        migrations.RenameField(model_name='programme', old_name='provider', new_name='provider_kind'),
        migrations.AddField(
            model_name='programme',
            name='provider',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='programmes', to='trainings.provider', verbose_name='organisme'),
        ),
    ]
