-- +goose Up
-- Documents that the program has made. Their bytes are stored once, and never change.
CREATE TABLE documents (
	id INTEGER PRIMARY KEY,
	storage_key TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL CHECK (state <> ''),
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
	bytes INTEGER NOT NULL CHECK (bytes > 0),
	created_at TIMESTAMP NOT NULL
);
CREATE INDEX documents_unnamed ON documents(created_at) WHERE state = 'uploading';
-- +goose StatementBegin
CREATE TRIGGER documents_fixed BEFORE UPDATE OF storage_key, sha256, bytes ON documents
BEGIN SELECT RAISE(ABORT, 'the bytes of a document are fixed'); END;
-- +goose StatementEnd

-- The contracts of deals. What is signed is the document, by its hash.
CREATE TABLE contracts (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	deal_id INTEGER NOT NULL REFERENCES deals(id),
	deal TEXT NOT NULL CHECK (deal <> ''), -- its public id
	negotiation_id INTEGER NOT NULL REFERENCES negotiations(id),
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	number INTEGER NOT NULL CHECK (number > 0), -- 1, and one more for each amendment
	amends_id INTEGER REFERENCES contracts(id),
	required BOOLEAN NOT NULL, -- the work waits for it
	product TEXT NOT NULL,
	terms TEXT NOT NULL CHECK (terms <> ''), -- JSON, see models/terms
	zone TEXT NOT NULL,
	brand_zone TEXT NOT NULL,
	agreed_at TIMESTAMP NOT NULL,
	state TEXT NOT NULL CHECK (state <> ''),
	version INTEGER NOT NULL DEFAULT 1,
	begun_at TIMESTAMP NOT NULL,
	entered_at TIMESTAMP NOT NULL,
	deadline_at TIMESTAMP,
	remind_at TIMESTAMP,
	document_id INTEGER UNIQUE REFERENCES documents(id),
	sha256 TEXT UNIQUE CHECK (length(sha256) = 64),
	text TEXT NOT NULL DEFAULT '', -- what it says, sealed
	ready_at TIMESTAMP,
	creator_delay INTEGER NOT NULL DEFAULT 0 CHECK (creator_delay >= 0), -- seconds for which only the creator kept it waiting
	signed_at TIMESTAMP,
	certificate_id INTEGER UNIQUE REFERENCES documents(id),
	certificate_sha256 TEXT UNIQUE CHECK (length(certificate_sha256) = 64),
	closed_at TIMESTAMP,
	close_reason TEXT NOT NULL DEFAULT '',
	UNIQUE (deal_id, number),
	UNIQUE (id, sha256),
	CHECK ((document_id IS NULL) = (sha256 IS NULL)),
	CHECK ((ready_at IS NULL) = (sha256 IS NULL)),
	CHECK (signed_at IS NULL OR sha256 IS NOT NULL),
	CHECK ((certificate_id IS NULL) = (certificate_sha256 IS NULL)),
	CHECK (certificate_id IS NULL OR signed_at IS NOT NULL),
	CHECK (deadline_at IS NOT NULL OR remind_at IS NULL)
);
CREATE UNIQUE INDEX contracts_open ON contracts(deal_id) WHERE signed_at IS NULL AND closed_at IS NULL;
CREATE INDEX contracts_deadline ON contracts(state, deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX contracts_remind ON contracts(remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX contracts_brand ON contracts(brand_id, state);
CREATE INDEX contracts_creator ON contracts(creator_id, state);
-- +goose StatementBegin
CREATE TRIGGER contracts_fixed BEFORE UPDATE OF public_id, deal_id, deal, negotiation_id, brand_id, creator_id, number, amends_id, required, product, terms, zone, brand_zone, agreed_at, begun_at ON contracts
BEGIN SELECT RAISE(ABORT, 'what a contract is about is fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contracts_document BEFORE UPDATE OF document_id, sha256, ready_at ON contracts
WHEN OLD.sha256 IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the document of a contract is fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contracts_signed BEFORE UPDATE OF signed_at ON contracts
WHEN OLD.signed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed contract stays signed'); END;
-- +goose StatementEnd

-- Who signed which bytes, when and how. What identifies a person may be emptied once the
-- law no longer asks for it.
CREATE TABLE contract_signatures (
	id INTEGER PRIMARY KEY,
	contract_id INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	side TEXT NOT NULL CHECK (side <> ''),
	person_id INTEGER NOT NULL REFERENCES people(id),
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	consent TEXT NOT NULL, -- the text, word for word
	consent_version INTEGER NOT NULL CHECK (consent_version > 0),
	proof TEXT NOT NULL CHECK (proof <> ''), -- how the person proved who they are
	proved_at TIMESTAMP NOT NULL,
	email TEXT NOT NULL, -- confirmed, at that time
	opened_at TIMESTAMP,
	downloaded_at TIMESTAMP,
	signed_at TIMESTAMP NOT NULL,
	address TEXT NOT NULL,
	agent TEXT NOT NULL,
	audit_number INTEGER NOT NULL CHECK (audit_number > 0), -- of its line in the audit log
	UNIQUE (contract_id, side),
	UNIQUE (contract_id, person_id), -- nobody signs for both
	FOREIGN KEY (contract_id, sha256) REFERENCES contracts(id, sha256)
);
CREATE INDEX contract_signatures_person ON contract_signatures(person_id);
-- +goose StatementBegin
CREATE TRIGGER contract_signatures_fixed BEFORE UPDATE ON contract_signatures
WHEN NOT (NEW.name IN ('', OLD.name) AND NEW.role IN ('', OLD.role) AND NEW.email IN ('', OLD.email) AND NEW.address IN ('', OLD.address) AND NEW.agent IN ('', OLD.agent) AND NEW.id IS OLD.id AND NEW.contract_id IS OLD.contract_id AND NEW.sha256 IS OLD.sha256 AND NEW.side IS OLD.side AND NEW.person_id IS OLD.person_id AND NEW.consent IS OLD.consent AND NEW.consent_version IS OLD.consent_version AND NEW.proof IS OLD.proof AND NEW.proved_at IS OLD.proved_at AND NEW.opened_at IS OLD.opened_at AND NEW.downloaded_at IS OLD.downloaded_at AND NEW.signed_at IS OLD.signed_at AND NEW.audit_number IS OLD.audit_number)
BEGIN SELECT RAISE(ABORT, 'a signature is fixed'); END;
-- +goose StatementEnd

-- When somebody first opened a contract to sign it, and first downloaded it.
CREATE TABLE contract_openings (
	contract_id INTEGER NOT NULL REFERENCES contracts(id),
	person_id INTEGER NOT NULL REFERENCES people(id),
	opened_at TIMESTAMP NOT NULL,
	downloaded_at TIMESTAMP,
	PRIMARY KEY (contract_id, person_id)
);
CREATE INDEX contract_openings_person ON contract_openings(person_id);

-- The due days of a deal move while its work may not begin, and never back.
DROP TRIGGER deliverables_terms;
-- +goose StatementBegin
CREATE TRIGGER deliverables_terms BEFORE UPDATE OF deal_id, number, content_type, format, platform ON deliverables
BEGIN SELECT RAISE(ABORT, 'agreed terms are fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deliverables_due BEFORE UPDATE OF due_on, due_at ON deliverables
WHEN OLD.state <> 'waiting' OR NEW.due_on < OLD.due_on
BEGIN SELECT RAISE(ABORT, 'due days move only while the work waits'); END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER deliverables_due;
DROP TRIGGER deliverables_terms;
UPDATE deliverables SET state = 'drafting' WHERE state = 'waiting';
-- +goose StatementBegin
CREATE TRIGGER deliverables_terms BEFORE UPDATE OF deal_id, number, content_type, format, platform, due_on, due_at ON deliverables
BEGIN SELECT RAISE(ABORT, 'agreed terms are fixed'); END;
-- +goose StatementEnd
DROP TABLE contract_openings;
DROP TABLE contract_signatures;
DROP TABLE contracts;
DROP TABLE documents;
