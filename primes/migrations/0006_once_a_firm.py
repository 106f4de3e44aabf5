"""A bonus granted once to a person in a firm: the database refuses the second one, whoever decides.

Two decisions at once on days apart from each other would otherwise both have been told « never
granted before ».
"""

import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION primes_guard_paid_days() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_paiddays DELETE');
  ELSIF TG_OP = 'UPDATE' THEN
    IF (OLD.line_id, OLD.person_id, OLD.family, OLD.days{once_old}) IS DISTINCT FROM
       (NEW.line_id, NEW.person_id, NEW.family, NEW.days{once_new}) OR NEW.live AND NOT OLD.live THEN
      PERFORM primes_refuse('paid_days_never_change', OLD.id::text);
    END IF;
    IF OLD.live AND EXISTS (
      SELECT FROM primes_decisionline WHERE line_id = OLD.line_id AND live AND granted) THEN
      PERFORM primes_refuse('paid_days_never_change', OLD.id::text);
    END IF;
  ELSIF isempty(NEW.days) OR NOT EXISTS (
    SELECT FROM primes_claimline l JOIN primes_claim c ON c.id = l.claim_id
    WHERE l.id = NEW.line_id AND l.person_id = NEW.person_id{once_insert}) THEN
    PERFORM primes_refuse('paid_days_unlike_their_line', NEW.line_id::text);
  END IF;
  RETURN NEW;
END $$;
"""
WITH_THE_FIRM = GUARD.format(
    once_old=", OLD.once_in_id",
    once_new=", NEW.once_in_id",
    once_insert=" AND coalesce(NEW.once_in_id, c.firm_id) = c.firm_id",
)
WITHOUT_IT = GUARD.format(once_old="", once_new="", once_insert="")


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial"), ("primes", "0005_release_impact")]

    operations = [
        migrations.AddField(
            "paiddays",
            "once_in",
            models.ForeignKey(
                to="companies.firm",
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                null=True,
                verbose_name="une seule fois dans l'entreprise",
            ),
        ),
        migrations.AddConstraint(
            "paiddays",
            models.UniqueConstraint(
                fields=["person", "family", "once_in"],
                condition=models.Q(("live", True)),
                name="bonus_once_a_person_and_firm",
            ),
        ),
        migrations.RunSQL(WITH_THE_FIRM, WITHOUT_IT),
    ]
