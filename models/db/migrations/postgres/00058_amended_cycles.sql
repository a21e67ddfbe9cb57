-- +goose Up
-- In which cycle of a repetition an amendment was proposed: its days are those of that cycle.
ALTER TABLE contracts ADD COLUMN cycle INTEGER NOT NULL DEFAULT 1;
UPDATE contracts SET cycle = (SELECT count(*) FROM deals d WHERE d.negotiation_id = contracts.negotiation_id AND d.agreed_at <= contracts.agreed_at)
	WHERE amends_id IS NOT NULL AND EXISTS (SELECT 1 FROM deals d WHERE d.negotiation_id = contracts.negotiation_id AND d.agreed_at <= contracts.agreed_at);
CREATE TRIGGER contracts_cycle BEFORE UPDATE OF cycle ON contracts FOR EACH ROW EXECUTE FUNCTION contracts_fixed();

-- +goose Down
DROP TRIGGER contracts_cycle ON contracts;
ALTER TABLE contracts DROP COLUMN cycle;
