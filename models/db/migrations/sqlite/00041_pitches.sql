-- +goose Up
-- Creators begin negotiations too. A pitch is what they say of themselves with their first
-- offer; it is never changed, but may be emptied when its writer is erased.
CREATE TABLE pitches (
	negotiation_id INTEGER PRIMARY KEY REFERENCES negotiations(id),
	about TEXT NOT NULL,
	audience TEXT NOT NULL,
	figures TEXT NOT NULL CHECK (figures <> ''), -- JSON, as they were when it was sent
	examples TEXT NOT NULL CHECK (examples <> '') -- JSON
);
-- +goose StatementBegin
CREATE TRIGGER pitches_fixed BEFORE UPDATE ON pitches
WHEN NOT (NEW.negotiation_id IS OLD.negotiation_id AND NEW.about IN ('', OLD.about) AND NEW.audience IN ('', OLD.audience) AND NEW.figures IN ('[]', OLD.figures) AND NEW.examples IN ('[]', OLD.examples))
BEGIN SELECT RAISE(ABORT, 'a pitch is fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pitches_kept BEFORE DELETE ON pitches
BEGIN SELECT RAISE(ABORT, 'a pitch is fixed'); END;
-- +goose StatementEnd
-- A creator has one open pitch to a brand at most.
CREATE UNIQUE INDEX negotiations_pitch ON negotiations(brand_id, creator_id) WHERE began = 'creator' AND closed_at IS NULL;

-- Whose pitches a brand takes; without a row, everybody's.
CREATE TABLE pitch_doors (
	brand_id INTEGER PRIMARY KEY REFERENCES brands(id),
	closed BOOLEAN NOT NULL,
	tribes TEXT NOT NULL DEFAULT '', -- ,a,b,
	countries TEXT NOT NULL DEFAULT '', -- ,BE,FR,
	followers INTEGER NOT NULL DEFAULT 0 CHECK (followers >= 0),
	changed_by INTEGER NOT NULL REFERENCES people(id),
	changed_at TIMESTAMP NOT NULL
);
CREATE INDEX pitch_doors_person ON pitch_doors(changed_by);

-- +goose Down
DROP TABLE pitch_doors;
DROP INDEX negotiations_pitch;
DROP TABLE pitches;
