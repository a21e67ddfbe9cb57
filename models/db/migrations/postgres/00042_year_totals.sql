-- +goose Up
-- What the sum of a year's deals needs of their terms.
ALTER TABLE deals ADD COLUMN objective TEXT NOT NULL DEFAULT '';
ALTER TABLE deals ADD COLUMN open_commission BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE deals SET objective = coalesce(terms::json ->> 'objective', ''),
	open_commission = coalesce((terms::json #>> '{commission,share_ppm}')::bigint, 0) > 0 OR coalesce((terms::json #>> '{commission,per_sale}')::bigint, 0) > 0;
DROP TRIGGER deals_terms ON deals;
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, objective, open_commission, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();
CREATE INDEX deals_parties ON deals(brand_id, creator_id, agreed_at);

-- +goose Down
DROP INDEX deals_parties;
DROP TRIGGER deals_terms ON deals;
CREATE TRIGGER deals_terms BEFORE UPDATE OF terms, category, fee_minor, currency, in_kind_minor, product, brand_id, creator_id, negotiation_id, negotiation, zone, brand_zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();
ALTER TABLE deals DROP COLUMN open_commission;
ALTER TABLE deals DROP COLUMN objective;
