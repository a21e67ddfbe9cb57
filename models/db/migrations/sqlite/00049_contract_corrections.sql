-- +goose Up
-- A document that nobody has signed may be taken back, when a side says anew who it is.
DROP TRIGGER contracts_document;
-- +goose StatementBegin
CREATE TRIGGER contracts_document BEFORE UPDATE OF document_id, sha256, ready_at ON contracts
WHEN OLD.sha256 IS NOT NULL AND NOT (NEW.sha256 IS NULL AND OLD.state = 'ready' AND NEW.state = 'preparing')
BEGIN SELECT RAISE(ABORT, 'the document of a contract is fixed'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER contracts_document;
-- +goose StatementBegin
CREATE TRIGGER contracts_document BEFORE UPDATE OF document_id, sha256, ready_at ON contracts
WHEN OLD.sha256 IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the document of a contract is fixed'); END;
-- +goose StatementEnd
