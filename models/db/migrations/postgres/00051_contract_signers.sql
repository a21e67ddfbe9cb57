-- +goose Up
-- Whom of a brand's people a contract waits for; NULL for anybody who may sign.
ALTER TABLE contracts ADD COLUMN brand_signer_id BIGINT REFERENCES people(id);
CREATE INDEX contracts_brand_signer ON contracts(brand_signer_id) WHERE brand_signer_id IS NOT NULL;

-- +goose Down
DROP INDEX contracts_brand_signer;
ALTER TABLE contracts DROP COLUMN brand_signer_id;
