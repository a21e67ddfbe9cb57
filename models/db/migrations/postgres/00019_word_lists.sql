-- +goose Up
-- The lists of states, platforms and kinds stand in Go alone, so that a new word
-- changes no table; internal/demo compares what is stored with them. What a known
-- word asks of the columns beside it stays, and so does that only owners make owners.
ALTER TABLE account_tokens
	DROP CONSTRAINT account_tokens_state_check,
	DROP CONSTRAINT account_tokens_reason_check;
ALTER TABLE agency_mandates DROP CONSTRAINT agency_mandates_role_check, ADD CONSTRAINT agency_mandates_role_check CHECK (role <> 'owner');
ALTER TABLE audience_shares
	DROP CONSTRAINT audience_shares_kind_check,
	DROP CONSTRAINT audience_shares_source_check;
ALTER TABLE blocks DROP CONSTRAINT blocks_side_check;
ALTER TABLE brand_domains DROP CONSTRAINT brand_domains_method_check;
ALTER TABLE brands DROP CONSTRAINT brands_kind_check;
ALTER TABLE creator_accounts
	DROP CONSTRAINT creator_accounts_platform_check,
	DROP CONSTRAINT creator_accounts_source_check,
	DROP CONSTRAINT creator_accounts_basis_check;
ALTER TABLE creator_content_types DROP CONSTRAINT creator_content_types_content_type_check;
ALTER TABLE creator_minimums DROP CONSTRAINT creator_minimums_format_check;
ALTER TABLE creator_prices DROP CONSTRAINT creator_prices_format_check;
ALTER TABLE creator_tribes DROP CONSTRAINT creator_tribes_known_check;
ALTER TABLE deal_events DROP CONSTRAINT deal_events_side_check;
ALTER TABLE deals
	DROP CONSTRAINT deals_ended_by_check,
	DROP CONSTRAINT deals_end_kind_check;
ALTER TABLE deliverables
	DROP CONSTRAINT deliverables_content_type_check,
	DROP CONSTRAINT deliverables_format_check,
	DROP CONSTRAINT deliverables_platform_check,
	DROP CONSTRAINT deliverables_state_check,
	DROP CONSTRAINT deliverables_proof_check;
ALTER TABLE invitations DROP CONSTRAINT invitations_role_check, ADD CONSTRAINT invitations_role_check CHECK (role <> 'owner');
ALTER TABLE listings DROP CONSTRAINT listings_source_check;
ALTER TABLE members DROP CONSTRAINT members_role_check;
ALTER TABLE oauth_states DROP CONSTRAINT oauth_states_purpose_check;
ALTER TABLE people DROP CONSTRAINT people_locale_check;
ALTER TABLE platform_budgets DROP CONSTRAINT platform_budgets_platform_check;
ALTER TABLE programme_floors DROP CONSTRAINT programme_floors_platform_check;
ALTER TABLE programmes DROP CONSTRAINT programmes_key_check;
ALTER TABLE proposal_deliverables
	DROP CONSTRAINT proposal_deliverables_content_type_check,
	DROP CONSTRAINT proposal_deliverables_format_check,
	DROP CONSTRAINT proposal_deliverables_platform_check;
ALTER TABLE proposals DROP CONSTRAINT proposals_state_check;
ALTER TABLE ranking_editions
	DROP CONSTRAINT ranking_editions_measure_check,
	DROP CONSTRAINT ranking_editions_span_check;
ALTER TABLE relevance_weights DROP CONSTRAINT relevance_weights_part_check;
ALTER TABLE removals
	DROP CONSTRAINT removals_platform_check,
	DROP CONSTRAINT removals_kind_check;
ALTER TABLE reports
	DROP CONSTRAINT reports_kind_check,
	DROP CONSTRAINT reports_decision_check;
ALTER TABLE saved_searches DROP CONSTRAINT saved_searches_alert_check;
ALTER TABLE sign_in_steps DROP CONSTRAINT sign_in_steps_kind_check;
ALTER TABLE tribe_figures DROP CONSTRAINT tribe_figures_figure_check;
ALTER TABLE deliverables DROP CONSTRAINT deliverables_check, ADD CONSTRAINT deliverables_check CHECK (state NOT IN ('completed', 'ended') OR deadline_at IS NULL);
ALTER TABLE saved_searches DROP CONSTRAINT saved_searches_check, ADD CONSTRAINT saved_searches_check CHECK (alert NOT IN ('off', 'instant') OR next_at IS NULL);

-- +goose Down
ALTER TABLE account_tokens
	ADD CONSTRAINT account_tokens_state_check CHECK (state IN ('good', 'reconnect')),
	ADD CONSTRAINT account_tokens_reason_check CHECK (reason IN ('', 'missing', 'refused', 'lost', 'removed', 'scope', 'sealed'));
ALTER TABLE agency_mandates DROP CONSTRAINT agency_mandates_role_check, ADD CONSTRAINT agency_mandates_role_check CHECK (role IN ('manager', 'finance', 'viewer'));
ALTER TABLE audience_shares
	ADD CONSTRAINT audience_shares_kind_check CHECK (kind IN ('country', 'age', 'gender')),
	ADD CONSTRAINT audience_shares_source_check CHECK (source IN ('declared', 'verified'));
ALTER TABLE blocks ADD CONSTRAINT blocks_side_check CHECK (side IN ('brand', 'creator'));
ALTER TABLE brand_domains ADD CONSTRAINT brand_domains_method_check CHECK (method IN ('', 'dns', 'file'));
ALTER TABLE brands ADD CONSTRAINT brands_kind_check CHECK (kind IN ('brand', 'agency'));
ALTER TABLE creator_accounts
	ADD CONSTRAINT creator_accounts_platform_check CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	ADD CONSTRAINT creator_accounts_source_check CHECK (source IN ('imported', 'declared', 'verified')),
	ADD CONSTRAINT creator_accounts_basis_check CHECK (basis IN ('none', 'posts', 'mean'));
ALTER TABLE creator_content_types ADD CONSTRAINT creator_content_types_content_type_check CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review'));
ALTER TABLE creator_minimums ADD CONSTRAINT creator_minimums_format_check CHECK (format IN ('video', 'live', 'story'));
ALTER TABLE creator_prices ADD CONSTRAINT creator_prices_format_check CHECK (format IN ('video', 'live', 'story'));
ALTER TABLE creator_tribes ADD CONSTRAINT creator_tribes_known_check CHECK (known IN ('derived', 'imported', 'declared'));
ALTER TABLE deal_events ADD CONSTRAINT deal_events_side_check CHECK (side IN ('brand', 'creator', 'system'));
ALTER TABLE deals
	ADD CONSTRAINT deals_ended_by_check CHECK (ended_by IN ('brand', 'creator', 'system')),
	ADD CONSTRAINT deals_end_kind_check CHECK (end_kind IN ('', 'late', 'reason'));
ALTER TABLE deliverables
	ADD CONSTRAINT deliverables_content_type_check CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review')),
	ADD CONSTRAINT deliverables_format_check CHECK (format IN ('video', 'live', 'story')),
	ADD CONSTRAINT deliverables_platform_check CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	ADD CONSTRAINT deliverables_state_check CHECK (state IN ('drafting', 'review', 'changes', 'approved', 'claimed', 'published', 'objected', 'completed', 'ended')),
	ADD CONSTRAINT deliverables_proof_check CHECK (proof IN ('', 'address', 'brand', 'silence'));
ALTER TABLE invitations DROP CONSTRAINT invitations_role_check, ADD CONSTRAINT invitations_role_check CHECK (role IN ('manager', 'finance', 'viewer'));
ALTER TABLE listings ADD CONSTRAINT listings_source_check CHECK (source IN ('imported', 'declared', 'verified'));
ALTER TABLE members ADD CONSTRAINT members_role_check CHECK (role IN ('owner', 'manager', 'finance', 'viewer'));
ALTER TABLE oauth_states ADD CONSTRAINT oauth_states_purpose_check CHECK (purpose IN ('sign_in', 'connect', 'confirm'));
ALTER TABLE people ADD CONSTRAINT people_locale_check CHECK (locale IN ('en', 'fr', 'nl'));
ALTER TABLE platform_budgets ADD CONSTRAINT platform_budgets_platform_check CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch'));
ALTER TABLE programme_floors ADD CONSTRAINT programme_floors_platform_check CHECK (platform IN ('', 'tiktok', 'youtube', 'instagram', 'twitch'));
ALTER TABLE programmes ADD CONSTRAINT programmes_key_check CHECK (key IN ('marketplace', 'affiliate', 'tips'));
ALTER TABLE proposal_deliverables
	ADD CONSTRAINT proposal_deliverables_content_type_check CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review')),
	ADD CONSTRAINT proposal_deliverables_format_check CHECK (format IN ('video', 'live', 'story')),
	ADD CONSTRAINT proposal_deliverables_platform_check CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch'));
ALTER TABLE proposals ADD CONSTRAINT proposals_state_check CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired'));
ALTER TABLE ranking_editions
	ADD CONSTRAINT ranking_editions_measure_check CHECK (measure IN ('engagement', 'growth')),
	ADD CONSTRAINT ranking_editions_span_check CHECK (span IN ('week', 'month'));
ALTER TABLE relevance_weights ADD CONSTRAINT relevance_weights_part_check CHECK (part IN ('words', 'tribe', 'engagement', 'trust', 'price', 'response'));
ALTER TABLE removals
	ADD CONSTRAINT removals_platform_check CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	ADD CONSTRAINT removals_kind_check CHECK (kind IN ('consent', 'data'));
ALTER TABLE reports
	ADD CONSTRAINT reports_kind_check CHECK (kind IN ('creator', 'brand', 'proposal', 'deal')),
	ADD CONSTRAINT reports_decision_check CHECK (decision IN ('', 'nothing', 'warn', 'suspend'));
ALTER TABLE saved_searches ADD CONSTRAINT saved_searches_alert_check CHECK (alert IN ('off', 'instant', 'daily', 'weekly'));
ALTER TABLE sign_in_steps ADD CONSTRAINT sign_in_steps_kind_check CHECK (kind IN ('factor', 'passkey_new', 'passkey_sign_in', 'passkey_confirm'));
ALTER TABLE tribe_figures ADD CONSTRAINT tribe_figures_figure_check CHECK (figure IN ('creators', 'followers', 'engagement', 'views', 'price'));
ALTER TABLE deliverables DROP CONSTRAINT deliverables_check, ADD CONSTRAINT deliverables_check CHECK ((state IN ('completed', 'ended')) = (deadline_at IS NULL));
ALTER TABLE saved_searches DROP CONSTRAINT saved_searches_check, ADD CONSTRAINT saved_searches_check CHECK ((next_at IS NOT NULL) = (alert IN ('daily', 'weekly')));
