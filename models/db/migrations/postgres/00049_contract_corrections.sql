-- +goose Up
-- A document that nobody has signed may be taken back, when a side says anew who it is.
DROP TRIGGER contracts_document ON contracts;
CREATE TRIGGER contracts_document BEFORE UPDATE OF document_id, sha256, ready_at ON contracts FOR EACH ROW
	WHEN (OLD.sha256 IS NOT NULL AND NOT (NEW.sha256 IS NULL AND OLD.state = 'ready' AND NEW.state = 'preparing')) EXECUTE FUNCTION contracts_document();

-- +goose Down
DROP TRIGGER contracts_document ON contracts;
CREATE TRIGGER contracts_document BEFORE UPDATE OF document_id, sha256, ready_at ON contracts FOR EACH ROW WHEN (OLD.sha256 IS NOT NULL) EXECUTE FUNCTION contracts_document();
