-- +goose Up
-- The lists of states, platforms and kinds stand in Go alone, so that a new word
-- changes no table; internal/demo compares what is stored with them. What a known
-- word asks of the columns beside it stays, and so does that only owners make owners.
--
-- SQLite drops a CHECK only by its name, and a table that is made anew copies all its
-- rows. For a CHECK that goes or asks less it documents this instead: the text of the
-- table changes, no row is touched (https://www.sqlite.org/lang_altertable.html, 7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (state IN (''good'', ''reconnect''))', '')
	WHERE type = 'table' AND name = 'account_tokens';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (reason IN ('''', ''missing'', ''refused'', ''lost'', ''removed'', ''scope'', ''sealed''))', '')
	WHERE type = 'table' AND name = 'account_tokens';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (role IN (''manager'', ''finance'', ''viewer''))', ' CHECK (role <> ''owner'')')
	WHERE type = 'table' AND name IN ('agency_mandates', 'invitations');
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''country'', ''age'', ''gender''))', '')
	WHERE type = 'table' AND name = 'audience_shares';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (source IN (''declared'', ''verified''))', '')
	WHERE type = 'table' AND name = 'audience_shares';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (side IN (''brand'', ''creator''))', '')
	WHERE type = 'table' AND name = 'blocks';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (method IN ('''', ''dns'', ''file''))', '')
	WHERE type = 'table' AND name = 'brand_domains';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''brand'', ''agency''))', '')
	WHERE type = 'table' AND name = 'brands';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (platform IN (''tiktok'', ''youtube'', ''instagram'', ''twitch''))', '')
	WHERE type = 'table' AND name IN ('creator_accounts', 'deliverables', 'platform_budgets', 'proposal_deliverables', 'removals');
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (source IN (''imported'', ''declared'', ''verified''))', '')
	WHERE type = 'table' AND name IN ('creator_accounts', 'listings');
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (basis IN (''none'', ''posts'', ''mean''))', '')
	WHERE type = 'table' AND name = 'creator_accounts';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (content_type IN (''challenge'', ''tutorial'', ''unboxing'', ''review''))', '')
	WHERE type = 'table' AND name IN ('creator_content_types', 'deliverables', 'proposal_deliverables');
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (format IN (''video'', ''live'', ''story''))', '')
	WHERE type = 'table' AND name IN ('creator_minimums', 'creator_prices', 'deliverables', 'proposal_deliverables');
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (known IN (''derived'', ''imported'', ''declared''))', '')
	WHERE type = 'table' AND name = 'creator_tribes';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (side IN (''brand'', ''creator'', ''system''))', '')
	WHERE type = 'table' AND name = 'deal_events';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (ended_by IN (''brand'', ''creator'', ''system''))', '')
	WHERE type = 'table' AND name = 'deals';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (end_kind IN ('''', ''late'', ''reason''))', '')
	WHERE type = 'table' AND name = 'deals';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (state IN (''drafting'', ''review'', ''changes'', ''approved'', ''claimed'', ''published'', ''objected'', ''completed'', ''ended''))', '')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (proof IN ('''', ''address'', ''brand'', ''silence''))', '')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (role IN (''owner'', ''manager'', ''finance'', ''viewer''))', '')
	WHERE type = 'table' AND name = 'members';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (purpose IN (''sign_in'', ''connect'', ''confirm''))', '')
	WHERE type = 'table' AND name = 'oauth_states';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (locale IN (''en'', ''fr'', ''nl''))', '')
	WHERE type = 'table' AND name = 'people';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (platform IN ('''', ''tiktok'', ''youtube'', ''instagram'', ''twitch''))', '')
	WHERE type = 'table' AND name = 'programme_floors';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (key IN (''marketplace'', ''affiliate'', ''tips''))', '')
	WHERE type = 'table' AND name = 'programmes';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (state IN (''open'', ''accepted'', ''declined'', ''withdrawn'', ''expired''))', '')
	WHERE type = 'table' AND name = 'proposals';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (measure IN (''engagement'', ''growth''))', '')
	WHERE type = 'table' AND name = 'ranking_editions';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (span IN (''week'', ''month''))', '')
	WHERE type = 'table' AND name = 'ranking_editions';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (part IN (''words'', ''tribe'', ''engagement'', ''trust'', ''price'', ''response''))', '')
	WHERE type = 'table' AND name = 'relevance_weights';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''consent'', ''data''))', '')
	WHERE type = 'table' AND name = 'removals';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''creator'', ''brand'', ''proposal'', ''deal''))', '')
	WHERE type = 'table' AND name = 'reports';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (decision IN ('''', ''nothing'', ''warn'', ''suspend''))', '')
	WHERE type = 'table' AND name = 'reports';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (alert IN (''off'', ''instant'', ''daily'', ''weekly''))', '')
	WHERE type = 'table' AND name = 'saved_searches';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''factor'', ''passkey_new'', ''passkey_sign_in'', ''passkey_confirm''))', '')
	WHERE type = 'table' AND name = 'sign_in_steps';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (figure IN (''creators'', ''followers'', ''engagement'', ''views'', ''price''))', '')
	WHERE type = 'table' AND name = 'tribe_figures';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK ((state IN (''completed'', ''ended'')) = (deadline_at IS NULL))', 'CHECK (state NOT IN (''completed'', ''ended'') OR deadline_at IS NULL)')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK ((next_at IS NOT NULL) = (alert IN (''daily'', ''weekly'')))', 'CHECK (alert NOT IN (''off'', ''instant'') OR next_at IS NULL)')
	WHERE type = 'table' AND name = 'saved_searches';
PRAGMA writable_schema = RESET;
-- Other connections read the schema anew when its number has changed.
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;

-- +goose Down
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '	state TEXT NOT NULL,', '	state TEXT NOT NULL CHECK (state IN (''good'', ''reconnect'')),')
	WHERE type = 'table' AND name = 'account_tokens';
UPDATE sqlite_schema SET sql = replace(sql, '	reason TEXT NOT NULL DEFAULT '''',', '	reason TEXT NOT NULL DEFAULT '''' CHECK (reason IN ('''', ''missing'', ''refused'', ''lost'', ''removed'', ''scope'', ''sealed'')),')
	WHERE type = 'table' AND name = 'account_tokens';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (role <> ''owner'')', ' CHECK (role IN (''manager'', ''finance'', ''viewer''))')
	WHERE type = 'table' AND name IN ('agency_mandates', 'invitations');
UPDATE sqlite_schema SET sql = replace(sql, '	kind TEXT NOT NULL,', '	kind TEXT NOT NULL CHECK (kind IN (''country'', ''age'', ''gender'')),')
	WHERE type = 'table' AND name = 'audience_shares';
UPDATE sqlite_schema SET sql = replace(sql, '	source TEXT NOT NULL,', '	source TEXT NOT NULL CHECK (source IN (''declared'', ''verified'')),')
	WHERE type = 'table' AND name = 'audience_shares';
UPDATE sqlite_schema SET sql = replace(sql, '	side TEXT NOT NULL,', '	side TEXT NOT NULL CHECK (side IN (''brand'', ''creator'')),')
	WHERE type = 'table' AND name = 'blocks';
UPDATE sqlite_schema SET sql = replace(sql, '	method TEXT NOT NULL DEFAULT '''',', '	method TEXT NOT NULL DEFAULT '''' CHECK (method IN ('''', ''dns'', ''file'')),')
	WHERE type = 'table' AND name = 'brand_domains';
UPDATE sqlite_schema SET sql = replace(sql, ' kind TEXT NOT NULL DEFAULT ''brand'',', ' kind TEXT NOT NULL DEFAULT ''brand'' CHECK (kind IN (''brand'', ''agency'')),')
	WHERE type = 'table' AND name = 'brands';
UPDATE sqlite_schema SET sql = replace(sql, '	platform TEXT NOT NULL,', '	platform TEXT NOT NULL CHECK (platform IN (''tiktok'', ''youtube'', ''instagram'', ''twitch'')),')
	WHERE type = 'table' AND name IN ('creator_accounts', 'deliverables', 'proposal_deliverables', 'removals');
UPDATE sqlite_schema SET sql = replace(sql, '	platform TEXT PRIMARY KEY,', '	platform TEXT PRIMARY KEY CHECK (platform IN (''tiktok'', ''youtube'', ''instagram'', ''twitch'')),')
	WHERE type = 'table' AND name = 'platform_budgets';
UPDATE sqlite_schema SET sql = replace(sql, '	source TEXT NOT NULL,', '	source TEXT NOT NULL CHECK (source IN (''imported'', ''declared'', ''verified'')),')
	WHERE type = 'table' AND name = 'creator_accounts';
UPDATE sqlite_schema SET sql = replace(sql, ' source TEXT NOT NULL DEFAULT ''imported'',', ' source TEXT NOT NULL DEFAULT ''imported'' CHECK (source IN (''imported'', ''declared'', ''verified'')),')
	WHERE type = 'table' AND name = 'listings';
UPDATE sqlite_schema SET sql = replace(sql, '	basis TEXT NOT NULL DEFAULT ''none'',', '	basis TEXT NOT NULL DEFAULT ''none'' CHECK (basis IN (''none'', ''posts'', ''mean'')),')
	WHERE type = 'table' AND name = 'creator_accounts';
UPDATE sqlite_schema SET sql = replace(sql, '	content_type TEXT NOT NULL,', '	content_type TEXT NOT NULL CHECK (content_type IN (''challenge'', ''tutorial'', ''unboxing'', ''review'')),')
	WHERE type = 'table' AND name IN ('creator_content_types', 'deliverables', 'proposal_deliverables');
UPDATE sqlite_schema SET sql = replace(sql, '	format TEXT NOT NULL,', '	format TEXT NOT NULL CHECK (format IN (''video'', ''live'', ''story'')),')
	WHERE type = 'table' AND name IN ('creator_minimums', 'creator_prices', 'deliverables', 'proposal_deliverables');
UPDATE sqlite_schema SET sql = replace(sql, '	known TEXT NOT NULL,', '	known TEXT NOT NULL CHECK (known IN (''derived'', ''imported'', ''declared'')),')
	WHERE type = 'table' AND name = 'creator_tribes';
UPDATE sqlite_schema SET sql = replace(sql, '	side TEXT NOT NULL,', '	side TEXT NOT NULL CHECK (side IN (''brand'', ''creator'', ''system'')),')
	WHERE type = 'table' AND name = 'deal_events';
UPDATE sqlite_schema SET sql = replace(sql, '	ended_by TEXT,', '	ended_by TEXT CHECK (ended_by IN (''brand'', ''creator'', ''system'')),')
	WHERE type = 'table' AND name = 'deals';
UPDATE sqlite_schema SET sql = replace(sql, '	end_kind TEXT NOT NULL DEFAULT '''',', '	end_kind TEXT NOT NULL DEFAULT '''' CHECK (end_kind IN ('''', ''late'', ''reason'')),')
	WHERE type = 'table' AND name = 'deals';
UPDATE sqlite_schema SET sql = replace(sql, '	state TEXT NOT NULL,', '	state TEXT NOT NULL CHECK (state IN (''drafting'', ''review'', ''changes'', ''approved'', ''claimed'', ''published'', ''objected'', ''completed'', ''ended'')),')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, '	proof TEXT NOT NULL DEFAULT '''',', '	proof TEXT NOT NULL DEFAULT '''' CHECK (proof IN ('''', ''address'', ''brand'', ''silence'')),')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, '	role TEXT NOT NULL,', '	role TEXT NOT NULL CHECK (role IN (''owner'', ''manager'', ''finance'', ''viewer'')),')
	WHERE type = 'table' AND name = 'members';
UPDATE sqlite_schema SET sql = replace(sql, ' purpose TEXT NOT NULL DEFAULT ''sign_in'',', ' purpose TEXT NOT NULL DEFAULT ''sign_in'' CHECK (purpose IN (''sign_in'', ''connect'', ''confirm'')),')
	WHERE type = 'table' AND name = 'oauth_states';
UPDATE sqlite_schema SET sql = replace(sql, '	locale TEXT NOT NULL DEFAULT ''en'',', '	locale TEXT NOT NULL DEFAULT ''en'' CHECK (locale IN (''en'', ''fr'', ''nl'')),')
	WHERE type = 'table' AND name = 'people';
UPDATE sqlite_schema SET sql = replace(sql, '	platform TEXT NOT NULL DEFAULT '''',', '	platform TEXT NOT NULL DEFAULT '''' CHECK (platform IN ('''', ''tiktok'', ''youtube'', ''instagram'', ''twitch'')),')
	WHERE type = 'table' AND name = 'programme_floors';
UPDATE sqlite_schema SET sql = replace(sql, '	key TEXT PRIMARY KEY,', '	key TEXT PRIMARY KEY CHECK (key IN (''marketplace'', ''affiliate'', ''tips'')),')
	WHERE type = 'table' AND name = 'programmes';
UPDATE sqlite_schema SET sql = replace(sql, '	state TEXT NOT NULL,', '	state TEXT NOT NULL CHECK (state IN (''open'', ''accepted'', ''declined'', ''withdrawn'', ''expired'')),')
	WHERE type = 'table' AND name = 'proposals';
UPDATE sqlite_schema SET sql = replace(sql, '	measure TEXT NOT NULL,', '	measure TEXT NOT NULL CHECK (measure IN (''engagement'', ''growth'')),')
	WHERE type = 'table' AND name = 'ranking_editions';
UPDATE sqlite_schema SET sql = replace(sql, '	span TEXT NOT NULL,', '	span TEXT NOT NULL CHECK (span IN (''week'', ''month'')),')
	WHERE type = 'table' AND name = 'ranking_editions';
UPDATE sqlite_schema SET sql = replace(sql, '	part TEXT PRIMARY KEY,', '	part TEXT PRIMARY KEY CHECK (part IN (''words'', ''tribe'', ''engagement'', ''trust'', ''price'', ''response'')),')
	WHERE type = 'table' AND name = 'relevance_weights';
UPDATE sqlite_schema SET sql = replace(sql, '	kind TEXT NOT NULL,', '	kind TEXT NOT NULL CHECK (kind IN (''consent'', ''data'')),')
	WHERE type = 'table' AND name = 'removals';
UPDATE sqlite_schema SET sql = replace(sql, '	kind TEXT NOT NULL,', '	kind TEXT NOT NULL CHECK (kind IN (''creator'', ''brand'', ''proposal'', ''deal'')),')
	WHERE type = 'table' AND name = 'reports';
UPDATE sqlite_schema SET sql = replace(sql, '	decision TEXT NOT NULL DEFAULT '''',', '	decision TEXT NOT NULL DEFAULT '''' CHECK (decision IN ('''', ''nothing'', ''warn'', ''suspend'')),')
	WHERE type = 'table' AND name = 'reports';
UPDATE sqlite_schema SET sql = replace(sql, '	alert TEXT NOT NULL,', '	alert TEXT NOT NULL CHECK (alert IN (''off'', ''instant'', ''daily'', ''weekly'')),')
	WHERE type = 'table' AND name = 'saved_searches';
UPDATE sqlite_schema SET sql = replace(sql, '	kind TEXT NOT NULL,', '	kind TEXT NOT NULL CHECK (kind IN (''factor'', ''passkey_new'', ''passkey_sign_in'', ''passkey_confirm'')),')
	WHERE type = 'table' AND name = 'sign_in_steps';
UPDATE sqlite_schema SET sql = replace(sql, '	figure TEXT NOT NULL,', '	figure TEXT NOT NULL CHECK (figure IN (''creators'', ''followers'', ''engagement'', ''views'', ''price'')),')
	WHERE type = 'table' AND name = 'tribe_figures';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (state NOT IN (''completed'', ''ended'') OR deadline_at IS NULL)', 'CHECK ((state IN (''completed'', ''ended'')) = (deadline_at IS NULL))')
	WHERE type = 'table' AND name = 'deliverables';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (alert NOT IN (''off'', ''instant'') OR next_at IS NULL)', 'CHECK ((next_at IS NOT NULL) = (alert IN (''daily'', ''weekly'')))')
	WHERE type = 'table' AND name = 'saved_searches';
PRAGMA writable_schema = RESET;
-- Other connections read the schema anew when its number has changed.
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;
