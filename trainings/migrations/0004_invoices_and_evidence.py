import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0004_import_guards'),
        ('trainings', '0003_providers_of_programmes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=40, unique=True, verbose_name='identifiant public')),
                ('number', models.CharField(max_length=40, verbose_name='numéro')),
                ('dated_on', models.DateField(verbose_name='date')),
                ('amount', models.BigIntegerField(verbose_name='montant hors taxes (centimes)')),
                ('vat', models.BigIntegerField(default=0, verbose_name='TVA (centimes)')),
                ('declared_at', models.DateTimeField(verbose_name='déclarée le')),
            ],
            options={
                'verbose_name': 'facture de formation',
                'verbose_name_plural': 'factures de formation',
            },
        ),
        migrations.CreateModel(
            name='InvoicePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'justificatif de facture',
                'verbose_name_plural': 'justificatifs de facture',
            },
        ),
        migrations.CreateModel(
            name='InvoiceShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.BigIntegerField(verbose_name='part hors taxes (centimes)')),
            ],
            options={
                'verbose_name': "part d'une facture",
                'verbose_name_plural': "parts d'une facture",
            },
        ),
        migrations.CreateModel(
            name='SessionPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'justificatif de session',
                'verbose_name_plural': 'justificatifs de session',
            },
        ),
        migrations.RemoveField(
            model_name='programme',
            name='provider_ice',
        ),
        # With a default, so that going back can fill the column again.
        migrations.AlterField(
            model_name='programme',
            name='provider_kind',
            field=models.CharField(default='internal', max_length=10),
        ),
        migrations.RemoveField(
            model_name='programme',
            name='provider_kind',
        ),
        migrations.RemoveField(
            model_name='programme',
            name='provider_name',
        ),
        migrations.AddField(
            model_name='programme',
            name='city',
            field=models.CharField(blank=True, max_length=60, verbose_name='ville'),
        ),
        migrations.AddField(
            model_name='programme',
            name='country',
            field=models.CharField(blank=True, max_length=2, verbose_name='pays'),
        ),
        migrations.AddField(
            model_name='programme',
            name='duplicated_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='trainings.programme', verbose_name='repris de'),
        ),
        migrations.AddField(
            model_name='programme',
            name='language',
            field=models.CharField(blank=True, choices=[('fr', 'Français'), ('ar', 'Arabe'), ('en', 'Anglais'), ('es', 'Espagnol'), ('de', 'Allemand'), ('other', 'Autre')], max_length=5, verbose_name='langue'),
        ),
        migrations.AddField(
            model_name='programme',
            name='online',
            field=models.BooleanField(default=False, verbose_name='à distance'),
        ),
        migrations.AddField(
            model_name='programme',
            name='planned_cost',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='coût prévu hors taxes (centimes)'),
        ),
        migrations.AddField(
            model_name='programme',
            name='planned_minutes',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='durée prévue (minutes)'),
        ),
        migrations.AddField(
            model_name='session',
            name='place',
            field=models.CharField(blank=True, max_length=120, verbose_name='lieu'),
        ),
        migrations.AddField(
            model_name='session',
            name='trainer',
            field=models.CharField(blank=True, max_length=120, verbose_name='formateur'),
        ),
        migrations.AlterField(
            model_name='programme',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='programmes', to='trainings.provider', verbose_name='organisme'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('online', False), models.Q(('city', ''), ('country', '')), _connector='OR'), name='programme_online_has_no_place'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('planned_minutes__isnull', True), ('planned_minutes__gt', 0), _connector='OR'), name='programme_plan_lasts'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('planned_cost__isnull', True), ('planned_cost__gte', 0), _connector='OR'), name='programme_plan_cost_not_negative'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='declared_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='déclarée par'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='invoices', to='trainings.provider', verbose_name='organisme'),
        ),
        migrations.AddField(
            model_name='invoicepiece',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='evidence', to='trainings.invoice', verbose_name='facture'),
        ),
        migrations.AddField(
            model_name='invoicepiece',
            name='piece',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='companies.piece', verbose_name='pièce'),
        ),
        migrations.AddField(
            model_name='invoiceshare',
            name='invoice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='shares', to='trainings.invoice', verbose_name='facture'),
        ),
        migrations.AddField(
            model_name='invoiceshare',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='shares', to='trainings.session', verbose_name='session'),
        ),
        migrations.AddField(
            model_name='sessionpiece',
            name='piece',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='companies.piece', verbose_name='pièce'),
        ),
        migrations.AddField(
            model_name='sessionpiece',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='evidence', to='trainings.session', verbose_name='session'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(fields=('provider', 'number'), name='invoice_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='invoice_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('vat__gte', 0)), name='invoice_amounts_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='invoicepiece',
            constraint=models.UniqueConstraint(fields=('invoice', 'piece'), name='invoice_piece_once'),
        ),
        migrations.AddConstraint(
            model_name='invoiceshare',
            constraint=models.UniqueConstraint(fields=('invoice', 'session'), name='invoice_share_once'),
        ),
        migrations.AddConstraint(
            model_name='invoiceshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='invoice_share_positive'),
        ),
        migrations.AddConstraint(
            model_name='sessionpiece',
            constraint=models.UniqueConstraint(fields=('session', 'piece'), name='session_piece_once'),
        ),
    ]

