-- +goose Up
-- An amendment is a contract that changes another one of its deal: who proposed it, and with
-- which form. A contract is amended once, by the amendment that both sides have signed.
ALTER TABLE contracts ADD COLUMN proposed_by TEXT NOT NULL DEFAULT ''; -- the side, of an amendment
ALTER TABLE contracts ADD COLUMN form_key TEXT NOT NULL DEFAULT ''; -- hashed, of an amendment
CREATE UNIQUE INDEX contracts_amended ON contracts(amends_id) WHERE signed_at IS NOT NULL;
CREATE UNIQUE INDEX contracts_form ON contracts(deal_id, form_key) WHERE form_key <> '';
DROP TRIGGER contracts_fixed;
-- +goose StatementBegin
CREATE TRIGGER contracts_fixed BEFORE UPDATE OF public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, amends_id, required, product, terms, zone, brand_zone, agreed_at, begun_at, proposed_by, form_key ON contracts
BEGIN SELECT RAISE(ABORT, 'what a contract is about is fixed'); END;
-- +goose StatementEnd

-- The terms of a deal become those of a signed amendment in force, and nothing else.
DROP TRIGGER deals_terms;
-- +goose StatementBegin
CREATE TRIGGER deals_parties BEFORE UPDATE OF category, currency, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, fee_minor, in_kind_minor ON deals
WHEN NOT EXISTS (SELECT 1 FROM contracts c WHERE c.negotiation_id = OLD.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed' AND c.terms = NEW.terms)
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd

-- A due day moves while the work waits, or to the day that the amended terms name.
DROP TRIGGER deliverables_due;
-- +goose StatementBegin
CREATE TRIGGER deliverables_due BEFORE UPDATE OF due_on, due_at ON deliverables
WHEN (OLD.state <> 'waiting' OR NEW.due_on < OLD.due_on) AND NOT EXISTS (SELECT 1 FROM deals d JOIN contracts c ON c.negotiation_id = d.negotiation_id AND c.amends_id IS NOT NULL AND c.state = 'signed', json_each(d.terms, '$.deliverables') x
	WHERE d.id = OLD.deal_id AND json_extract(x.value, '$.number') = OLD.number AND json_extract(x.value, '$.due_on') = NEW.due_on)
BEGIN SELECT RAISE(ABORT, 'due days move only while the work waits, or by an amendment'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER deliverables_due;
-- +goose StatementBegin
CREATE TRIGGER deliverables_due BEFORE UPDATE OF due_on, due_at ON deliverables
WHEN OLD.state <> 'waiting' OR NEW.due_on < OLD.due_on
BEGIN SELECT RAISE(ABORT, 'due days move only while the work waits'); END;
-- +goose StatementEnd
DROP TRIGGER deals_terms;
DROP TRIGGER deals_parties;
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
DROP TRIGGER contracts_fixed;
-- +goose StatementBegin
CREATE TRIGGER contracts_fixed BEFORE UPDATE OF public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, amends_id, required, product, terms, zone, brand_zone, agreed_at, begun_at ON contracts
BEGIN SELECT RAISE(ABORT, 'what a contract is about is fixed'); END;
-- +goose StatementEnd
DROP INDEX contracts_form;
DROP INDEX contracts_amended;
ALTER TABLE contracts DROP COLUMN form_key;
ALTER TABLE contracts DROP COLUMN proposed_by;
