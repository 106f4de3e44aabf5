"""No version of the rules is proposed or published without a preview, in dirhams, of whoever does it.

The previews are only added, and none of their figures once they carried a step.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLE = "primes_app"
TABLES = ("primes_releaseimpact", "primes_releaseimpactrow")

GUARDS = """
CREATE FUNCTION primes_guard_release_impact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM primes_ruleset r WHERE r.id = NEW.rule_set_id AND r.state = 'released') THEN
    PERFORM primes_refuse('impact_before_its_step', NEW.rule_set_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_releaseimpact
  FOR EACH ROW EXECUTE FUNCTION primes_guard_release_impact();

CREATE FUNCTION primes_guard_release_impact_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM primes_releaseimpact i JOIN primes_ruleset r ON r.id = i.rule_set_id
    WHERE i.id = NEW.impact_id AND (r.state = 'released'
      OR r.state = 'proposed' AND (i.asked_by_id, i.computed_at) = (r.author_id, r.proposed_at))) THEN
    PERFORM primes_refuse('impact_before_its_step', NEW.impact_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_releaseimpactrow
  FOR EACH ROW EXECUTE FUNCTION primes_guard_release_impact_row();

CREATE FUNCTION primes_guard_rule_set_impact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> NEW.state AND NOT EXISTS (
    SELECT FROM primes_releaseimpact i JOIN primes_releaseimpactrow w ON w.impact_id = i.id
    WHERE i.rule_set_id = NEW.id AND (w.stage, w.branch, w.scheme, w.year) = ('', '', '', 0)
      AND (NEW.state = 'proposed' AND (i.asked_by_id, i.computed_at) = (NEW.author_id, NEW.proposed_at)
        OR NEW.state = 'released' AND (i.asked_by_id, i.computed_at) = (NEW.approver_id, NEW.released_at))) THEN
    PERFORM primes_refuse('rule_set_without_its_impact', NEW.digest);
  END IF;
  RETURN NEW;
END $$;
-- After « guard », which names what is wrong with the step itself: triggers run in the order of their names.
CREATE TRIGGER impact BEFORE UPDATE ON primes_ruleset
  FOR EACH ROW EXECUTE FUNCTION primes_guard_rule_set_impact();
"""
FUNCTIONS = ("primes_guard_release_impact()", "primes_guard_release_impact_row()", "primes_guard_rule_set_impact()")
RIGHTS = f"""
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    GRANT SELECT, INSERT ON {", ".join(TABLES)} TO {ROLE};
    REVOKE UPDATE, DELETE ON {", ".join(TABLES)} FROM {ROLE};
  END IF;
END $$;
"""
FORWARD = (
    "".join(f"SELECT primes_make_append_only('{table}');\n" for table in TABLES)
    + GUARDS
    + "".join(f"ALTER FUNCTION {function} SET search_path = public, pg_temp;\n" for function in FUNCTIONS)
    + RIGHTS
)
REVERSE = "".join(f"DROP FUNCTION {function} CASCADE;\n" for function in FUNCTIONS) + "".join(
    f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_whole ON {table};\n" for table in TABLES
)

FIGURES = {
    "people_gained": "personnes qui gagnent",
    "people_lost": "personnes qui perdent",
    "people_unchanged": "personnes sans changement",
    "people_newly_eligible": "personnes devenues éligibles",
    "people_no_longer_eligible": "personnes qui ne sont plus éligibles",
    "firms_gained": "entreprises qui gagnent",
    "firms_lost": "entreprises qui perdent",
    "firms_unchanged": "entreprises sans changement",
    "before": "avant (centimes)",
    "after": "après (centimes)",
    "gained": "gagné (centimes)",
    "lost": "perdu (centimes)",
}
STAGES = [("open", "Demandes à décider"), ("decided", "Demandes décidées")]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("primes", "0004_facts_of_every_scheme"), migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ReleaseImpact",
            fields=[
                ("id", ID.clone()),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte de l'aperçu")),
                ("computed_at", models.DateTimeField(verbose_name="calculé le")),
                ("asked_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.RESTRICT, related_name="+",
                    to=settings.AUTH_USER_MODEL, verbose_name="demandé par")),
                ("rule_set", models.ForeignKey(
                    on_delete=django.db.models.deletion.RESTRICT, related_name="impacts",
                    to="primes.ruleset", verbose_name="règles")),
            ],
            options={"verbose_name": "aperçu d'impact", "verbose_name_plural": "aperçus d'impact"},
        ),
        migrations.CreateModel(
            name="ReleaseImpactRow",
            fields=[
                ("id", ID.clone()),
                ("stage", models.CharField(blank=True, choices=STAGES, max_length=10, verbose_name="demandes")),
                ("branch", models.CharField(blank=True, max_length=10, verbose_name="filière")),
                ("scheme", models.CharField(blank=True, max_length=40, verbose_name="dispositif")),
                ("year", models.PositiveSmallIntegerField(verbose_name="exercice")),
                *((name, models.BigIntegerField(verbose_name=title)) for name, title in FIGURES.items()),
                ("impact", models.ForeignKey(
                    on_delete=django.db.models.deletion.RESTRICT, related_name="rows",
                    to="primes.releaseimpact", verbose_name="aperçu")),
            ],
            options={
                "verbose_name": "ligne d'aperçu d'impact",
                "verbose_name_plural": "lignes d'aperçu d'impact",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("impact", "stage", "branch", "scheme", "year"), name="impact_scope_once"),
                    models.CheckConstraint(
                        condition=models.Q(after=models.F("before") + models.F("gained") - models.F("lost")),
                        name="impact_after_is_before_and_its_moves"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, REVERSE),
    ]
