-- +goose Up
-- A pitch that is being written is kept like any other offer: to_brand_id is the brand that it
-- goes to, null for an offer to a creator or an answer.
ALTER TABLE offer_drafts ADD COLUMN to_brand_id BIGINT REFERENCES brands(id) ON DELETE CASCADE;
DROP INDEX offer_drafts_one;
CREATE UNIQUE INDEX offer_drafts_one ON offer_drafts(person_id, coalesce(brand_id, 0), creator_id, coalesce(negotiation_id, 0), coalesce(to_brand_id, 0));
CREATE INDEX offer_drafts_to ON offer_drafts(to_brand_id) WHERE to_brand_id IS NOT NULL;

-- +goose Down
DELETE FROM offer_drafts WHERE to_brand_id IS NOT NULL;
DROP INDEX offer_drafts_to;
DROP INDEX offer_drafts_one;
ALTER TABLE offer_drafts DROP COLUMN to_brand_id;
CREATE UNIQUE INDEX offer_drafts_one ON offer_drafts(person_id, coalesce(brand_id, 0), creator_id, coalesce(negotiation_id, 0));
