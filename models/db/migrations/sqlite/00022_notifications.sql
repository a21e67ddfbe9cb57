-- +goose Up
-- What people are told of: an event is written in the transaction that causes it,
-- and says who it names, with whom it goes.
CREATE TABLE notification_events (
	id INTEGER PRIMARY KEY,
	key TEXT UNIQUE CHECK (key <> ''),
	kind TEXT NOT NULL CHECK (kind <> ''),
	subject_kind TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	person_id INTEGER REFERENCES people(id),
	creator_id INTEGER REFERENCES creators(id) ON DELETE CASCADE,
	data BLOB NOT NULL,
	at TIMESTAMP NOT NULL
);
CREATE INDEX notification_events_person ON notification_events(person_id) WHERE person_id IS NOT NULL;
CREATE INDEX notification_events_creator ON notification_events(creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX notification_events_at ON notification_events(at);

-- What one person was told, in their language. daily_at is when it is due in a
-- daily mail; those of one mail have its key.
CREATE TABLE notifications (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	event_id INTEGER NOT NULL REFERENCES notification_events(id) ON DELETE CASCADE,
	person_id INTEGER NOT NULL REFERENCES people(id),
	kind TEXT NOT NULL CHECK (kind <> ''),
	subject_kind TEXT NOT NULL,
	subject_id TEXT NOT NULL,
	title TEXT NOT NULL CHECK (title <> ''),
	at TIMESTAMP NOT NULL,
	read_at TIMESTAMP,
	daily_at TIMESTAMP,
	daily_key TEXT CHECK (daily_key <> ''),
	UNIQUE (event_id, person_id)
);
CREATE INDEX notifications_person ON notifications(person_id, id);
CREATE INDEX notifications_unread ON notifications(person_id) WHERE read_at IS NULL;
CREATE INDEX notifications_daily ON notifications(daily_at) WHERE daily_at IS NOT NULL;

-- How a person wants to be told of a kind; without a row by mail.
CREATE TABLE notification_preferences (
	person_id INTEGER NOT NULL REFERENCES people(id),
	kind TEXT NOT NULL CHECK (kind <> ''),
	channel TEXT NOT NULL CHECK (channel <> ''),
	PRIMARY KEY (person_id, kind)
);

-- Links that stop mails. Only the hash of their secret is kept.
CREATE TABLE notification_links (
	token_hash TEXT PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people(id),
	kind TEXT NOT NULL CHECK (kind <> ''),
	created_at TIMESTAMP NOT NULL
);
CREATE INDEX notification_links_person ON notification_links(person_id);

-- +goose Down
DROP TABLE notification_links;
DROP TABLE notification_preferences;
DROP TABLE notifications;
DROP TABLE notification_events;
