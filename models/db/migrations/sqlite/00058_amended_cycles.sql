-- +goose Up
-- In which cycle of a repetition an amendment was proposed: its days are those of that cycle.
ALTER TABLE contracts ADD COLUMN cycle INTEGER NOT NULL DEFAULT 1;
UPDATE contracts SET cycle = (SELECT count(*) FROM deals d WHERE d.negotiation_id = contracts.negotiation_id AND d.agreed_at <= contracts.agreed_at)
	WHERE amends_id IS NOT NULL AND EXISTS (SELECT 1 FROM deals d WHERE d.negotiation_id = contracts.negotiation_id AND d.agreed_at <= contracts.agreed_at);
-- +goose StatementBegin
CREATE TRIGGER contracts_cycle BEFORE UPDATE OF cycle ON contracts
BEGIN SELECT RAISE(ABORT, 'what a contract is about is fixed'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER contracts_cycle;
ALTER TABLE contracts DROP COLUMN cycle;
