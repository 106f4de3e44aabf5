"""What no code path may get round: separation of duties, the chain of a payment, what was decided or paid.

Triggers hold for superusers and for SQL typed by hand. Each refusal carries a constraint name, which is the code of
the error people read.
"""

from django.db import migrations

SEQUENCES = ("claim", "receipt", "decision", "run", "payment")

APPEND_ONLY = (
    "primes_assessment", "primes_check", "primes_proposal", "primes_decision", "primes_ledgerentry",
    "primes_payoutfile", "primes_bankreturnfile", "primes_bankreturnline", "primes_duty", "primes_convention",
)
# Rows of these change by the steps their guard knows; nobody empties them at once.
NEVER_EMPTIED = (
    "primes_claim", "primes_claimline", "primes_ruleset", "primes_paiddays", "primes_decisionline", "primes_paymentrun",
    "primes_payment", "primes_paymentline", "primes_envelope",
)

DUTIES = """
ALTER TABLE primes_duty ADD CONSTRAINT duty_one_a_person_and_claim
  EXCLUDE USING gist (claim_id WITH =, human_id WITH =, (kind::text) WITH <>);

-- SECURITY DEFINER: the application's role cannot write this table, only these triggers can.
CREATE FUNCTION primes_stand(the_claim bigint, the_user bigint, the_kind text) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE the_human bigint;
BEGIN
  IF the_user IS NULL THEN RETURN; END IF;
  SELECT human_id INTO the_human FROM accounts_user WHERE id = the_user;
  IF the_human IS NULL THEN
    PERFORM primes_refuse('duty_needs_a_person', the_kind);
  END IF;
  INSERT INTO primes_duty (claim_id, human_id, kind) VALUES (the_claim, the_human, the_kind)
    ON CONFLICT (claim_id, human_id, kind) DO NOTHING;
  -- Whoever acts or acted for the firm, under any account, does nothing for the agency on its money.
  IF the_kind NOT IN ('prepare', 'bank') AND EXISTS (
    SELECT FROM primes_claim c JOIN companies_membership m ON m.firm_id = c.firm_id
    JOIN accounts_user u ON u.id = m.user_id WHERE c.id = the_claim AND u.human_id = the_human) THEN
    PERFORM primes_refuse('duty_of_somebody_of_the_firm', the_kind);
  END IF;
END $$;
REVOKE ALL ON FUNCTION primes_stand(bigint, bigint, text) FROM PUBLIC;

CREATE FUNCTION primes_duties_of_claim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(NEW.id, NEW.created_by_id, 'prepare');
  PERFORM primes_stand(NEW.id, NEW.filed_by_id, 'prepare');
  PERFORM primes_stand(NEW.id, NEW.instructed_by_id, 'instruct');
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER INSERT OR UPDATE OF created_by_id, filed_by_id, instructed_by_id ON primes_claim
  FOR EACH ROW EXECUTE FUNCTION primes_duties_of_claim();

CREATE FUNCTION primes_duties_of_proposal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(NEW.claim_id, NEW.proposed_by_id, 'instruct');
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER INSERT ON primes_proposal
  FOR EACH ROW EXECUTE FUNCTION primes_duties_of_proposal();

CREATE FUNCTION primes_duties_of_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(NEW.claim_id, NEW.decided_by_id, 'decide');
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER INSERT ON primes_decision
  FOR EACH ROW EXECUTE FUNCTION primes_duties_of_decision();

CREATE FUNCTION primes_duties_of_decision_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(claim_id, person, 'rules') FROM (
    SELECT DISTINCT d.claim_id, unnest(ARRAY[r.author_id, r.approver_id]) AS person
    FROM added a JOIN primes_decision d ON d.id = a.decision_id
    JOIN primes_assessment s ON s.id = a.assessment_id JOIN primes_ruleset r ON r.id = s.rule_set_id
  ) AS released;
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER INSERT ON primes_decisionline REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION primes_duties_of_decision_lines();

CREATE FUNCTION primes_duties_of_payment_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(claim_id, person, duty) FROM (
    SELECT DISTINCT l.claim_id, who.person, who.duty
    FROM added a JOIN primes_claimline l ON l.id = a.line_id
    JOIN primes_payment p ON p.id = a.payment_id JOIN primes_paymentrun r ON r.id = p.run_id
    JOIN companies_bankaccount b ON b.id = p.bank_account_id
    CROSS JOIN LATERAL (VALUES (r.prepared_by_id, 'run'), (b.proposed_by_id, 'bank'),
      (b.confirmed_by_id, 'bank')) AS who(person, duty)
  ) AS standing;
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER INSERT ON primes_paymentline REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION primes_duties_of_payment_lines();

CREATE FUNCTION primes_duties_of_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  PERFORM primes_stand(claim_id, person, duty) FROM (
    SELECT DISTINCT l.claim_id, who.person, who.duty
    FROM primes_payment p JOIN primes_paymentline x ON x.payment_id = p.id
    JOIN primes_claimline l ON l.id = x.line_id
    CROSS JOIN LATERAL (VALUES (NEW.ordered_by_id, 'order'), (NEW.signed_by_id, 'pay'),
      (NEW.exported_by_id, 'pay')) AS who(person, duty)
    WHERE p.run_id = NEW.id
  ) AS signing;
  RETURN NULL;
END $$;
CREATE TRIGGER duties AFTER UPDATE OF ordered_by_id, signed_by_id, exported_by_id ON primes_paymentrun
  FOR EACH ROW EXECUTE FUNCTION primes_duties_of_run();
"""

CLAIMS = """
CREATE FUNCTION primes_guard_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('claim_is_kept', OLD.reference);
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      PERFORM primes_refuse('claim_begins_as_a_draft', NEW.reference);
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.public_id, OLD.reference, OLD.firm_id, OLD.scheme, OLD.year, OLD.created_by_id, OLD.created_at)
     IS DISTINCT FROM
     (NEW.public_id, NEW.reference, NEW.firm_id, NEW.scheme, NEW.year, NEW.created_by_id, NEW.created_at)
     OR OLD.filed_at IS NOT NULL AND
     (OLD.filed_at, OLD.filed_by_id, OLD.receipt_number, OLD.declaration_sha256)
     IS DISTINCT FROM (NEW.filed_at, NEW.filed_by_id, NEW.receipt_number, NEW.declaration_sha256)
     OR OLD.instructed_by_id IS NOT NULL AND (OLD.instructed_by_id, OLD.taken_at)
     IS DISTINCT FROM (NEW.instructed_by_id, NEW.taken_at)
     OR OLD.state IN ('approved', 'partly_approved', 'rejected', 'withdrawn') THEN
    PERFORM primes_refuse('claim_filed_never_changes', OLD.reference);
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
     ('draft', 'ready_to_sign'), ('ready_to_sign', 'draft'), ('draft', 'submitted'), ('ready_to_sign', 'submitted'),
     ('draft', 'withdrawn'), ('ready_to_sign', 'withdrawn'), ('submitted', 'withdrawn'), ('submitted', 'in_review'),
     ('in_review', 'proposed'), ('proposed', 'in_review'), ('proposed', 'approved'), ('proposed', 'partly_approved'),
     ('proposed', 'rejected')) THEN
    PERFORM primes_refuse('claim_takes_no_such_step', OLD.reference);
  END IF;
  IF NEW.state = 'submitted' AND OLD.state <> 'submitted' AND EXISTS (
    SELECT FROM primes_claimline l JOIN companies_employee e ON e.id = l.employee_id
    JOIN companies_employment m ON m.id = l.employment_id WHERE l.claim_id = NEW.id
      AND (e.firm_id <> NEW.firm_id OR e.person_id <> l.person_id OR m.employee_id <> e.id)) THEN
    PERFORM primes_refuse('claim_line_unlike_its_employee', OLD.reference);
  END IF;
  IF NEW.state IN ('approved', 'partly_approved', 'rejected') AND OLD.state <> NEW.state AND NOT EXISTS (
    SELECT FROM primes_decision d WHERE d.claim_id = NEW.id AND d.outcome = CASE NEW.state
      WHEN 'approved' THEN 'approve' WHEN 'partly_approved' THEN 'approve_in_part' ELSE 'refuse' END) THEN
    PERFORM primes_refuse('claim_decided_without_its_decision', OLD.reference);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_claim
  FOR EACH ROW EXECUTE FUNCTION primes_guard_claim();

CREATE FUNCTION primes_guard_claim_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE the_claim bigint; the_state text;
BEGIN
  the_claim := CASE WHEN TG_OP = 'DELETE' THEN OLD.claim_id ELSE NEW.claim_id END;
  SELECT state INTO the_state FROM primes_claim WHERE id = the_claim;
  IF the_state NOT IN ('draft', 'ready_to_sign') OR TG_OP = 'UPDATE' AND OLD.claim_id <> NEW.claim_id THEN
    PERFORM primes_refuse('claim_filed_never_changes', the_claim::text);
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_claimline
  FOR EACH ROW EXECUTE FUNCTION primes_guard_claim_line();

-- Whom a filed line is about decides which days are taken: the employee behind it becomes nobody else.
CREATE FUNCTION primes_guard_employee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.person_id <> NEW.person_id AND EXISTS (
    SELECT FROM primes_claimline l JOIN primes_claim c ON c.id = l.claim_id
    WHERE l.employee_id = OLD.id AND c.state NOT IN ('draft', 'ready_to_sign')) THEN
    PERFORM primes_refuse('claim_filed_never_changes', OLD.id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_filed BEFORE UPDATE OF person_id ON companies_employee
  FOR EACH ROW EXECUTE FUNCTION primes_guard_employee();

CREATE FUNCTION primes_guard_rule_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'seen' THEN
      PERFORM primes_refuse('rule_set_released_by_two_people', NEW.digest);
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR (OLD.digest, OLD.package, OLD.package_sha256, OLD.codes) IS DISTINCT FROM
     (NEW.digest, NEW.package, NEW.package_sha256, NEW.codes)
     OR OLD.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id
     OR (OLD.state, NEW.state) NOT IN (('seen', 'proposed'), ('proposed', 'released')) THEN
    PERFORM primes_refuse('rule_set_never_changes', OLD.digest);
  END IF;
  IF NEW.approver_id IS NOT NULL AND
     (SELECT human_id FROM accounts_user WHERE id = NEW.approver_id) IS NOT DISTINCT FROM
     (SELECT human_id FROM accounts_user WHERE id = NEW.author_id) THEN
    PERFORM primes_refuse('rule_set_released_by_two_people', OLD.digest);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_ruleset
  FOR EACH ROW EXECUTE FUNCTION primes_guard_rule_set();
"""

DECISIONS = """
ALTER TABLE primes_paiddays ADD CONSTRAINT day_of_a_person_paid_once
  EXCLUDE USING gist (person_id WITH =, (family::text) WITH =, days WITH &&) WHERE (live);

CREATE FUNCTION primes_guard_paid_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_paiddays DELETE');
  ELSIF TG_OP = 'UPDATE' THEN
    IF (OLD.line_id, OLD.person_id, OLD.family, OLD.days) IS DISTINCT FROM
       (NEW.line_id, NEW.person_id, NEW.family, NEW.days) OR NEW.live AND NOT OLD.live THEN
      PERFORM primes_refuse('paid_days_never_change', OLD.id::text);
    END IF;
    IF OLD.live AND EXISTS (
      SELECT FROM primes_decisionline WHERE line_id = OLD.line_id AND live AND granted) THEN
      PERFORM primes_refuse('paid_days_never_change', OLD.id::text);
    END IF;
  ELSIF isempty(NEW.days) OR NEW.person_id <> (SELECT person_id FROM primes_claimline WHERE id = NEW.line_id) THEN
    PERFORM primes_refuse('paid_days_unlike_their_line', NEW.line_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_paiddays
  FOR EACH ROW EXECUTE FUNCTION primes_guard_paid_days();

CREATE FUNCTION primes_guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM primes_claim WHERE id = NEW.claim_id AND state = 'in_review') THEN
    PERFORM primes_refuse('proposal_of_a_claim_in_review', NEW.claim_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_proposal
  FOR EACH ROW EXECUTE FUNCTION primes_guard_proposal();

CREATE FUNCTION primes_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM primes_proposal p JOIN primes_claim c ON c.id = p.claim_id
    WHERE p.id = NEW.proposal_id AND p.claim_id = NEW.claim_id AND c.state = 'proposed'
      AND p.outcome = NEW.outcome AND p.amount = NEW.amount AND p.content_sha256 = NEW.content_sha256
      AND p.id = (SELECT max(id) FROM primes_proposal WHERE claim_id = NEW.claim_id)) THEN
    PERFORM primes_refuse('decision_unlike_its_proposal', NEW.reference);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_decision
  FOR EACH ROW EXECUTE FUNCTION primes_guard_decision();

CREATE FUNCTION primes_guard_decision_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_decisionline DELETE');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.decision_id, OLD.line_id, OLD.assessment_id, OLD.granted, OLD.amount) IS DISTINCT FROM
       (NEW.decision_id, NEW.line_id, NEW.assessment_id, NEW.granted, NEW.amount)
       OR NEW.live AND NOT OLD.live
       OR NOT EXISTS (
         SELECT FROM primes_decision earlier JOIN primes_decision later ON later.claim_id = earlier.claim_id
         WHERE earlier.id = OLD.decision_id AND later.id > earlier.id) THEN
      PERFORM primes_refuse('decision_line_never_changes', OLD.id::text);
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
    SELECT FROM primes_decision d JOIN primes_claim c ON c.id = d.claim_id AND c.state = 'proposed'
    JOIN primes_claimline l ON l.claim_id = d.claim_id
    JOIN primes_assessment a ON a.line_id = l.id JOIN primes_ruleset r ON r.id = a.rule_set_id
    WHERE d.id = NEW.decision_id AND l.id = NEW.line_id AND a.id = NEW.assessment_id AND r.state = 'released'
      AND (NOT NEW.granted OR a.eligible AND NEW.amount = a.amount
        AND EXISTS (SELECT FROM primes_paiddays p WHERE p.line_id = l.id AND p.live
          AND p.days = daterange('1970-01-01'::date + a.window_from::integer,
            '1970-01-01'::date + a.window_until::integer, '[]')))) THEN
    PERFORM primes_refuse('decision_line_unlike_its_assessment', NEW.line_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_decisionline
  FOR EACH ROW EXECUTE FUNCTION primes_guard_decision_line();

CREATE FUNCTION primes_check_decision_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.amount <> (SELECT coalesce(sum(amount), 0) FROM primes_decisionline WHERE decision_id = NEW.id)
     OR (SELECT count(*) FROM primes_decisionline WHERE decision_id = NEW.id)
     <> (SELECT count(*) FROM primes_claimline WHERE claim_id = NEW.claim_id) THEN
    PERFORM primes_refuse('decision_is_not_the_sum_of_its_lines', NEW.reference);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER total AFTER INSERT ON primes_decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION primes_check_decision_total();
"""

MONEY = """
CREATE FUNCTION primes_guard_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'reserve' THEN
    IF (SELECT coalesce(sum(amount), 0) FROM primes_ledgerentry WHERE line_id = NEW.line_id AND kind = 'reserve')
       + NEW.amount > coalesce(
       (SELECT amount FROM primes_decisionline WHERE line_id = NEW.line_id AND live AND granted), 0)
       OR NOT EXISTS (
         SELECT FROM primes_claimline l JOIN primes_claim c ON c.id = l.claim_id
         JOIN primes_convention v ON v.scheme = c.scheme JOIN primes_envelope e ON e.convention_id = v.id
         WHERE l.id = NEW.line_id AND e.id = NEW.envelope_id) THEN
      PERFORM primes_refuse('ledger_reserves_what_was_decided', NEW.line_id::text);
    END IF;
  ELSIF NOT EXISTS (
    SELECT FROM primes_ledgerentry due WHERE due.id = NEW.due_id AND due.kind = 'reserve'
      AND due.line_id = NEW.line_id AND due.envelope_id = NEW.envelope_id AND due.amount = NEW.amount)
    -- Where the due stands (0 reserved, 1 ordered), and what its payment has come to, decide what may follow.
    OR (SELECT coalesce(sum(CASE kind WHEN 'order' THEN 1 ELSE -1 END), 0) FROM primes_ledgerentry
        WHERE due_id = NEW.due_id) <> (CASE NEW.kind WHEN 'order' THEN 0 ELSE 1 END)
    OR NOT EXISTS (
      SELECT FROM primes_paymentline x JOIN primes_payment p ON p.id = x.payment_id
      JOIN primes_paymentrun r ON r.id = p.run_id
      WHERE x.due_id = NEW.due_id AND x.live AND r.reference = NEW.reference AND CASE NEW.kind
        WHEN 'order' THEN p.state = 'pending' WHEN 'pay' THEN p.state = 'paid'
        ELSE p.state IN ('pending', 'returned') END) THEN
    PERFORM primes_refuse('ledger_entry_unlike_its_due', NEW.line_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_ledgerentry
  FOR EACH ROW EXECUTE FUNCTION primes_guard_ledger_entry();

CREATE FUNCTION primes_guard_payment_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_paymentline DELETE');
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.payment_id, OLD.due_id, OLD.line_id, OLD.decision_line_id, OLD.amount) IS DISTINCT FROM
       (NEW.payment_id, NEW.due_id, NEW.line_id, NEW.decision_line_id, NEW.amount)
       OR NEW.live AND NOT OLD.live
       OR NOT EXISTS (SELECT FROM primes_payment WHERE id = OLD.payment_id AND state IN ('returned', 'cancelled')) THEN
      PERFORM primes_refuse('payment_line_never_changes', OLD.id::text);
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (
    SELECT FROM primes_ledgerentry e JOIN primes_envelope v ON v.id = e.envelope_id
    JOIN primes_claimline l ON l.id = e.line_id JOIN primes_claim c ON c.id = l.claim_id
    JOIN primes_decisionline d ON d.line_id = l.id
    JOIN primes_payment p ON p.id = NEW.payment_id JOIN primes_paymentrun r ON r.id = p.run_id
    WHERE e.id = NEW.due_id AND e.kind = 'reserve' AND e.amount = NEW.amount AND e.line_id = NEW.line_id
      AND c.firm_id = p.firm_id AND c.scheme = r.scheme AND v.convention_id = r.convention_id AND c.state IN ('approved', 'partly_approved')
      AND d.id = NEW.decision_line_id AND d.live AND d.granted AND r.state = 'prepared'
      AND NOT EXISTS (SELECT FROM primes_ledgerentry paid WHERE paid.due_id = e.id AND paid.kind = 'pay')
      AND NEW.amount + (SELECT coalesce(sum(x.amount), 0) FROM primes_paymentline x
        WHERE x.line_id = l.id AND x.live) <= d.amount) THEN
    PERFORM primes_refuse('payment_line_without_its_chain', NEW.line_id::text);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_paymentline
  FOR EACH ROW EXECUTE FUNCTION primes_guard_payment_line();

CREATE FUNCTION primes_guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_payment DELETE');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'pending' OR NOT EXISTS (
      SELECT FROM companies_bankaccount b, primes_paymentrun r
      WHERE b.id = NEW.bank_account_id AND r.id = NEW.run_id AND b.firm_id = NEW.firm_id AND b.state = 'active'
        AND b.rib_fingerprint = NEW.rib_fingerprint AND b.rib_sealed = NEW.rib_sealed AND b.holder = NEW.holder
        AND r.state = 'prepared'
        AND b.usable_from <= (r.prepared_at AT TIME ZONE 'Africa/Casablanca')::date) THEN
      PERFORM primes_refuse('payment_to_an_unusable_account', NEW.reference);
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.reference, OLD.run_id, OLD.firm_id, OLD.bank_account_id, OLD.holder, OLD.rib_sealed, OLD.rib_fingerprint, OLD.amount)
     IS DISTINCT FROM
     (NEW.reference, NEW.run_id, NEW.firm_id, NEW.bank_account_id, NEW.holder, NEW.rib_sealed, NEW.rib_fingerprint, NEW.amount)
     OR (OLD.state, NEW.state) NOT IN (('pending', 'sent'), ('pending', 'cancelled'), ('sent', 'paid'), ('sent', 'returned'))
     THEN
    PERFORM primes_refuse('payment_never_changes', OLD.reference);
  END IF;
  IF NEW.state = 'sent' AND NOT EXISTS (SELECT FROM primes_payoutfile f WHERE f.run_id = NEW.run_id) THEN
    PERFORM primes_refuse('payment_sent_without_a_file', OLD.reference);
  END IF;
  IF NEW.state IN ('paid', 'returned') AND NOT EXISTS (
    SELECT FROM primes_bankreturnline b WHERE b.payment_id = NEW.id AND b.effect = NEW.state) THEN
    PERFORM primes_refuse('payment_answered_by_the_bank_alone', OLD.reference);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_payment
  FOR EACH ROW EXECUTE FUNCTION primes_guard_payment();

CREATE FUNCTION primes_guard_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM primes_refuse('append_only', 'primes_paymentrun DELETE');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'prepared' THEN
      PERFORM primes_refuse('run_starts_prepared', NEW.reference);
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.reference, OLD.scheme, OLD.payment_count, OLD.total, OLD.content_sha256, OLD.prepared_by_id, OLD.prepared_at)
     IS DISTINCT FROM
     (NEW.reference, NEW.scheme, NEW.payment_count, NEW.total, NEW.content_sha256, NEW.prepared_by_id, NEW.prepared_at)
     OR OLD.ordered_by_id IS NOT NULL AND OLD.ordered_by_id IS DISTINCT FROM NEW.ordered_by_id
     OR OLD.signed_by_id IS NOT NULL AND OLD.signed_by_id IS DISTINCT FROM NEW.signed_by_id
     OR OLD.exported_by_id IS NOT NULL AND OLD.exported_by_id IS DISTINCT FROM NEW.exported_by_id
     OR (OLD.state, NEW.state) NOT IN (('prepared', 'ordered'), ('prepared', 'cancelled'), ('ordered', 'signed'),
       ('ordered', 'cancelled'), ('signed', 'cancelled'), ('signed', 'exported'), ('exported', 'settled')) THEN
    PERFORM primes_refuse('run_never_changes', OLD.reference);
  END IF;
  IF NEW.state IN ('ordered', 'signed', 'exported') AND (
     NEW.payment_count <> (SELECT count(*) FROM primes_payment p WHERE p.run_id = NEW.id)
     OR NEW.total IS DISTINCT FROM (SELECT sum(p.amount) FROM primes_payment p WHERE p.run_id = NEW.id)
     OR EXISTS (SELECT FROM primes_payment p WHERE p.run_id = NEW.id AND p.amount <> (
       SELECT coalesce(sum(x.amount), 0) FROM primes_paymentline x WHERE x.payment_id = p.id AND x.live))) THEN
    PERFORM primes_refuse('run_is_not_the_sum_of_its_lines', OLD.reference);
  END IF;
  IF NEW.state IN ('ordered', 'signed', 'exported') AND EXISTS (
    SELECT FROM primes_payment p JOIN companies_bankaccount b ON b.id = p.bank_account_id
    WHERE p.run_id = NEW.id AND b.state <> 'active') THEN
    PERFORM primes_refuse('run_pays_a_closed_account', OLD.reference);
  END IF;
  IF NEW.state = 'exported' AND NOT EXISTS (SELECT FROM primes_payoutfile f WHERE f.run_id = NEW.id) THEN
    PERFORM primes_refuse('run_exported_without_a_file', OLD.reference);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_paymentrun
  FOR EACH ROW EXECUTE FUNCTION primes_guard_run();

CREATE FUNCTION primes_guard_payout_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM primes_paymentrun r WHERE r.id = NEW.run_id AND r.state = 'signed'
      AND r.payment_count = NEW.payment_count AND r.total = NEW.control_sum) THEN
    PERFORM primes_refuse('payout_file_of_an_unsigned_run', NEW.name);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON primes_payoutfile
  FOR EACH ROW EXECUTE FUNCTION primes_guard_payout_file();

CREATE FUNCTION primes_guard_envelope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.reserved <> 0 THEN
      PERFORM primes_refuse('envelope_begins_whole', NEW.year::text);
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR (OLD.convention_id, OLD.year, OLD.cap) IS DISTINCT FROM (NEW.convention_id, NEW.year, NEW.cap) THEN
    PERFORM primes_refuse('append_only', 'primes_envelope');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON primes_envelope
  FOR EACH ROW EXECUTE FUNCTION primes_guard_envelope();
"""

FUNCTIONS = (
    "primes_guard_envelope()", "primes_guard_payout_file()", "primes_guard_run()", "primes_guard_payment()",
    "primes_guard_payment_line()", "primes_guard_ledger_entry()", "primes_check_decision_total()",
    "primes_guard_decision_line()", "primes_guard_decision()", "primes_guard_proposal()", "primes_guard_paid_days()",
    "primes_guard_rule_set()", "primes_guard_employee()",
    "primes_guard_claim_line()", "primes_guard_claim()", "primes_duties_of_run()",
    "primes_duties_of_payment_lines()", "primes_duties_of_decision_lines()", "primes_duties_of_decision()",
    "primes_duties_of_proposal()", "primes_duties_of_claim()", "primes_stand(bigint, bigint, text)",
)

FORWARD = (
    "".join(f"CREATE SEQUENCE primes_{name}_number;\n" for name in SEQUENCES)
    + "".join(f"SELECT primes_make_append_only('{table}');\n" for table in APPEND_ONLY)
    + DUTIES + CLAIMS + DECISIONS + MONEY
    + "".join(
        f"CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION primes_refuse_change();\n"
        for table in NEVER_EMPTIED
    )
    # A guard that reads tables reads the real ones: a temporary table of the same name would come first.
    + "".join(f"ALTER FUNCTION {function} SET search_path = public, pg_temp;\n" for function in FUNCTIONS)
)
REVERSE = (
    "".join(f"DROP FUNCTION {function} CASCADE;\n" for function in FUNCTIONS)
    + "ALTER TABLE primes_duty DROP CONSTRAINT duty_one_a_person_and_claim;\n"
    + "ALTER TABLE primes_paiddays DROP CONSTRAINT day_of_a_person_paid_once;\n"
    + "".join(
        f"DROP TRIGGER append_only ON {table}; DROP TRIGGER append_only_whole ON {table};\n"
        for table in APPEND_ONLY
    )
    + "".join(f"DROP TRIGGER append_only_whole ON {table};\n" for table in NEVER_EMPTIED)
    + "".join(f"DROP SEQUENCE primes_{name}_number;\n" for name in SEQUENCES)
)


class Migration(migrations.Migration):
    dependencies = [("primes", "0001_initial"), ("companies", "0002_guards")]
    operations = [migrations.RunSQL(FORWARD, REVERSE)]
