-- +goose Up
-- An amendment is a contract that changes another one of its deal: who proposed it, and with
-- which form. A contract is amended once, by the amendment that both sides have signed.
ALTER TABLE contracts ADD COLUMN proposed_by TEXT NOT NULL DEFAULT ''; -- the side, of an amendment
ALTER TABLE contracts ADD COLUMN form_key TEXT NOT NULL DEFAULT ''; -- hashed, of an amendment
CREATE UNIQUE INDEX contracts_amended ON contracts(amends_id) WHERE signed_at IS NOT NULL;
CREATE UNIQUE INDEX contracts_form ON contracts(deal_id, form_key) WHERE form_key <> '';
DROP TRIGGER contracts_fixed ON contracts;
CREATE TRIGGER contracts_fixed BEFORE UPDATE OF public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, amends_id, required, product, terms, zone, brand_zone, agreed_at, begun_at, proposed_by, form_key ON contracts FOR EACH ROW EXECUTE FUNCTION contracts_fixed();

-- The terms of a deal become those of a signed amendment in force, and nothing else.
DROP TRIGGER deals_terms ON deals;
CREATE TRIGGER deals_parties BEFORE UPDATE OF category, currency, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();
-- +goose StatementBegin
CREATE FUNCTION deals_amended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NOT EXISTS (SELECT 1 FROM contracts c WHERE c.negotiation_id = OLD.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed' AND c.terms = NEW.terms) THEN
		RAISE EXCEPTION 'the terms of a deal are fixed' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, fee_minor, in_kind_minor ON deals FOR EACH ROW EXECUTE FUNCTION deals_amended();

-- A due day moves while the work waits, or to the day that the amended terms name.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION deliverables_due() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NOT EXISTS (SELECT 1 FROM deals d JOIN contracts c ON c.negotiation_id = d.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed', json_array_elements(d.terms::json -> 'deliverables') x
		WHERE d.id = OLD.deal_id AND (x ->> 'number')::int = OLD.number AND x ->> 'due_on' = NEW.due_on) THEN
		RAISE EXCEPTION 'due days move only while the work waits, or by an amendment' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION deliverables_due() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'due days move only while the work waits' USING ERRCODE = 'check_violation'; END $$;
-- +goose StatementEnd
DROP TRIGGER deals_terms ON deals;
DROP TRIGGER deals_parties ON deals;
DROP FUNCTION deals_amended;
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();
DROP TRIGGER contracts_fixed ON contracts;
CREATE TRIGGER contracts_fixed BEFORE UPDATE OF public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, amends_id, required, product, terms, zone, brand_zone, agreed_at, begun_at ON contracts FOR EACH ROW EXECUTE FUNCTION contracts_fixed();
DROP INDEX contracts_form;
DROP INDEX contracts_amended;
ALTER TABLE contracts DROP COLUMN form_key;
ALTER TABLE contracts DROP COLUMN proposed_by;
