-- +goose Up
-- What the sum of a year's deals needs of their terms.
ALTER TABLE deals ADD COLUMN objective TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN open_commission BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE deals SET objective = coalesce(terms ->> '$.objective', ''),
	open_commission = coalesce(terms ->> '$.commission.share_ppm', 0) > 0 OR coalesce(terms ->> '$.commission.per_sale', 0) > 0;
DROP TRIGGER deals_terms;
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
CREATE INDEX deals_parties ON deals(brand_id, creator_id, agreed_at);

-- +goose Down
DROP INDEX deals_parties;
DROP TRIGGER deals_terms;
-- +goose StatementBegin
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals
BEGIN SELECT RAISE(ABORT, 'the terms of a deal are fixed'); END;
-- +goose StatementEnd
ALTER TABLE deals DROP COLUMN open_commission;
ALTER TABLE deals DROP COLUMN objective;
