-- +goose Up
-- public_id names a connected account in addresses. purged_at says that the
-- figures are gone because the platform lets nobody keep them that long; the
-- account has none, and is not listed, until it is read again.
ALTER TABLE creator_accounts ADD COLUMN public_id TEXT;
ALTER TABLE creator_accounts ADD COLUMN purged_at TIMESTAMPTZ CHECK (purged_at IS NULL OR NOT listed AND followers = 0 AND basis = 'none');
CREATE UNIQUE INDEX creator_accounts_public ON creator_accounts(public_id) WHERE public_id IS NOT NULL;
UPDATE creator_accounts SET public_id = substr(md5(random()::text || id::text), 1, 10) WHERE source = 'verified';

-- What a creator granted on a platform, sealed, and when it is used next. A
-- lease says who exchanges the token: the one that is kept may be worth nothing
-- from then on. In the state reconnect there is no token any more.
CREATE TABLE account_tokens (
	account_id BIGINT PRIMARY KEY REFERENCES creator_accounts(id),
	state TEXT NOT NULL CHECK (state IN ('good', 'reconnect')),
	reason TEXT NOT NULL DEFAULT '' CHECK (reason IN ('', 'missing', 'refused', 'lost', 'removed', 'scope', 'sealed')),
	since TIMESTAMPTZ,
	access TEXT CHECK (access <> ''),
	refresh TEXT CHECK (refresh <> ''),
	scopes TEXT NOT NULL DEFAULT '',
	granted_at TIMESTAMPTZ NOT NULL,
	expires_at TIMESTAMPTZ,
	refresh_expires_at TIMESTAMPTZ,
	refresh_at TIMESTAMPTZ,
	refresh_failures INTEGER NOT NULL DEFAULT 0 CHECK (refresh_failures >= 0),
	lease_id TEXT CHECK (lease_id <> ''),
	lease_until TIMESTAMPTZ,
	validate_at TIMESTAMPTZ,
	read_at TIMESTAMPTZ,
	read_until TIMESTAMPTZ,
	read_failures INTEGER NOT NULL DEFAULT 0 CHECK (read_failures >= 0),
	CHECK ((state = 'good') = (access IS NOT NULL)),
	CHECK ((state = 'good') = (since IS NULL)),
	CHECK ((state = 'good') = (reason = '')),
	CHECK ((state = 'good') = (read_at IS NOT NULL)),
	CHECK (state = 'good' OR refresh IS NULL AND refresh_at IS NULL AND lease_id IS NULL AND validate_at IS NULL AND read_until IS NULL),
	CHECK ((lease_id IS NULL) = (lease_until IS NULL))
);
CREATE INDEX account_tokens_refresh ON account_tokens(refresh_at) WHERE refresh_at IS NOT NULL;
CREATE INDEX account_tokens_lease ON account_tokens(lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX account_tokens_validate ON account_tokens(validate_at) WHERE validate_at IS NOT NULL;
CREATE INDEX account_tokens_read ON account_tokens(read_at) WHERE read_at IS NOT NULL;
INSERT INTO account_tokens (account_id, state, reason, since, granted_at)
	SELECT id, 'reconnect', 'missing', updated_at, created_at FROM creator_accounts WHERE source = 'verified';

-- The figures of an account as they were on a day (UTC): the last reading of it.
-- views_30 is the sum of the views of the posts of the 30 days before.
CREATE TABLE account_snapshots (
	account_id BIGINT NOT NULL REFERENCES creator_accounts(id),
	day TEXT NOT NULL CHECK (length(day) = 10),
	read_at TIMESTAMPTZ NOT NULL,
	followers BIGINT NOT NULL CHECK (followers >= 0),
	likes BIGINT CHECK (likes >= 0),
	posts BIGINT CHECK (posts >= 0),
	views_30 BIGINT CHECK (views_30 >= 0),
	PRIMARY KEY (account_id, day)
);
CREATE INDEX account_snapshots_day ON account_snapshots(day);

-- What has been spent of what a platform allows, by all nodes together, and
-- until when it is left alone.
CREATE TABLE platform_budgets (
	platform TEXT PRIMARY KEY CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	window_from TIMESTAMPTZ NOT NULL,
	spent INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
	failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
	paused_until TIMESTAMPTZ
);

-- A platform's message that a creator revoked the consent. Who it was is kept
-- as a keyed hash only, so that a repeated message is recognised.
CREATE TABLE removals (
	code TEXT PRIMARY KEY,
	platform TEXT NOT NULL CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	user_digest TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('consent', 'data')),
	at TIMESTAMPTZ NOT NULL,
	received_at TIMESTAMPTZ NOT NULL,
	done_at TIMESTAMPTZ NOT NULL,
	UNIQUE (platform, user_digest, kind, at)
);

-- +goose Down
DROP TABLE removals;
DROP TABLE platform_budgets;
DROP TABLE account_snapshots;
DROP TABLE account_tokens;
DROP INDEX creator_accounts_public;
ALTER TABLE creator_accounts DROP COLUMN purged_at;
ALTER TABLE creator_accounts DROP COLUMN public_id;
