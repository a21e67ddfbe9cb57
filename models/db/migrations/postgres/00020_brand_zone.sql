-- +goose Up
-- Where a day of the brand ends, frozen with the terms like the creator's zone:
-- where whoever sent the proposal lives.
ALTER TABLE deals ADD COLUMN brand_zone TEXT NOT NULL DEFAULT 'UTC';
UPDATE deals SET brand_zone = (SELECT people.zone FROM proposals JOIN people ON people.id = proposals.sent_by WHERE proposals.id = deals.proposal_id);
DROP TRIGGER deals_terms ON deals;
CREATE TRIGGER deals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, proposal_id, zone, brand_zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();

-- +goose Down
DROP TRIGGER deals_terms ON deals;
CREATE TRIGGER deals_terms BEFORE UPDATE OF fee_minor, currency, in_kind, in_kind_minor, usage_days, disclosure, product, brand_id, creator_id, proposal_id, zone, agreed_at ON deals FOR EACH ROW EXECUTE FUNCTION deals_terms();
ALTER TABLE deals DROP COLUMN brand_zone;
