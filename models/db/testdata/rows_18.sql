-- Invented rows in every table that migrations leave empty, as version 18 keeps them.
INSERT INTO people (id, name, email, email_confirmed_at, locale, zone, created_at)
	VALUES (7, 'Solène Belères', 'solene.beleres0@creators.example', '2026-10-01 00:20:09.517887+00:00', 'fr', 'Europe/Paris', '2026-10-01 00:20:09.517887+00:00');
INSERT INTO people (id, name, email, email_confirmed_at, password_hash, locale, zone, created_at)
	VALUES (2, 'Jurre Noordlicht', 'jurre@noordlicht.example', '2026-09-30 00:20:09.517887+00:00', 'a hash', 'nl', 'Europe/Amsterdam', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO people (id, name, email, email_confirmed_at, password_hash, locale, zone, created_at)
	VALUES (1, 'Margaux Brindille', 'margaux@brindille.example', '2026-09-30 00:20:09.517887+00:00', 'a hash', 'fr', 'Europe/Paris', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO people (id, name, email, email_confirmed_at, locale, zone, created_at)
	VALUES (44, 'Joost Nolini', 'joost.nolini37@creators.example', '2026-10-01 00:20:09.517887+00:00', 'nl', 'Europe/Brussels', '2026-10-01 00:20:09.517887+00:00');
INSERT INTO people (id, name, email, email_confirmed_at, password_hash, created_at, admin)
	VALUES (6, 'Administrator', 'administration@market.example', '2026-09-30 00:20:09.517887+00:00', 'a hash', '2026-09-30 00:20:09.517887+00:00', TRUE);
INSERT INTO identities (provider, subject, person_id, created_at)
	VALUES ('tiktok', '-000demo-0000', 7, '2026-10-01 00:20:09.517887+00:00');
INSERT INTO brands (id, public_id, name, site, country, sells, created_at)
	VALUES (2, 'hvgjskyx3n', 'Noordlicht Huid', 'https://noordlicht.example', 'NL', 'Huidverzorging zonder parfum', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO brands (id, public_id, name, site, country, sells, created_at)
	VALUES (1, 'by7sb99242', 'Brindille & Poêle', 'https://brindille.example', 'FR', 'Poêles et casseroles en fonte', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO mails (id, key, person_id, subject, sent_at)
	VALUES (1, 'confirm-e5d4318fb23c935123b71bf0d6218184c07371deebe4dcd7b5e49c2cb85689b5', 1, 'Confirmez votre adresse e-mail', '2026-11-30 00:20:22.475658+00:00');
INSERT INTO creators (id, public_id, person_id, name, bio, country, zone, search_text, listed, claimed_at, created_at, updated_at, region, hashtags)
	VALUES (1, '67xdk7j558', 7, 'Solène Belères', 'Une vidéo, une idée. Beauté.', 'FR', 'Europe/Paris', ' solene beleres beleres0 solenebeleres0 | une video idee beaute fyp beauty developer cybersecurity eyelashes galaxy hacker ios14 lipgloss perfume samsung tech techtiktok технологии amazonfinds android beautyhacks beautytiktok chatgpt coding ', TRUE, '2026-10-01 00:20:09.517887+00:00', '2026-09-29 00:20:09.517887+00:00', '2026-11-30 00:20:09.517887+00:00', 'FR-IDF', 'fyp beauty developer cybersecurity eyelashes galaxy hacker ios14 lipgloss perfume samsung tech techtiktok технологии amazonfinds android beautyhacks beautytiktok chatgpt coding');
INSERT INTO creators (id, public_id, person_id, name, bio, country, zone, search_text, listed, claimed_at, created_at, updated_at, region, hashtags)
	VALUES (38, 'y829hmgz3t', 44, 'Joost Nolini', 'Korte video''s, lange adem. Montage en effecten.', 'BE', 'Europe/Brussels', ' joost nolini nolini37 joostnolini37 | korte video s lange adem montage en effecten fyp premierepro alightmotion arredamento casa decoracao fallaesthetic homedecor illusion slowmo videoediting эффекты animationmeme animator bathroom cgi cleaningtiktok cleaningtips decorate edicion ', TRUE, '2026-10-01 00:20:09.517887+00:00', '2026-09-29 00:20:09.517887+00:00', '2026-11-29 00:20:09.517887+00:00', 'BE-BRU', 'fyp premierepro alightmotion arredamento casa decoração fallaesthetic homedecor illusion slowmo videoediting эффекты animationmeme animator bathroom cgi cleaningtiktok cleaningtips decorate edición');
INSERT INTO creator_accounts (id, creator_id, platform, platform_user_id, handle, handle_key, name, name_as_of, country, country_as_of, url, source, as_of, followers, following, total_likes, total_posts, basis, figures_as_of, sample, window_from, window_to, engagement_ppm, median_views, mean_views, mean_likes, mean_comments, mean_shares, listed, created_at, updated_at, public_id, p25_views, p75_views)
	VALUES (1, 1, 'tiktok', '-000demo-0000', 'solene.beleres0', 'solene.beleres0', 'Solène Belères', '2026-11-30 00:20:09.517887+00:00', 'FR', '2026-09-29 00:00:00+00:00', 'https://www.tiktok.com/@solene.beleres0', 'verified', '2026-11-30 00:20:09.517887+00:00', 31993, 100, 357588, 264, 'posts', '2026-11-30 00:20:09.517887+00:00', 30, '2026-09-30 02:13:02.943652+00:00', '2026-11-27 23:05:07.459043+00:00', 47302, 3495, 6870, 323, 0, 0, TRUE, '2026-09-29 00:20:09.517887+00:00', '2026-11-30 00:20:09.517887+00:00', 'xngwcjm5dy', 1602, 7160);
INSERT INTO listings (account_id, creator_id, platform, country, tribes, languages, followers, engagement_ppm, median_views, sole, standing, region, tribes_known, content_types, categories, source, mean_views, p25_views, p75_views, growth_30_ppm, posts_30, last_posted, price_video_minor, price_video_currency, price_live_minor, price_live_currency, price_story_minor, price_story_currency, response_minutes, response_ppm, absences, audience)
	VALUES (1, 1, 'tiktok', 'FR', ',beautytok,techtok,', ',en,fr,', 31993, 47302, 3495, TRUE, 20000000031993, 'FR-IDF', 'dd', ',challenge,review,tutorial,unboxing,', ',beauty,', 'verified', 6870, 1602, 7160, -8307, 15, '2026-11-29', 28000, 'EUR', 51000, 'EUR', 12000, 'EUR', 1296, 1000000, '2027-01-09..2027-01-23', 'age:18-24:380000,age:25-34:310000,age:35-44:140000,age:13-17:90000,age:45-54:50000,country:FR:580000,country:DE:100000,country:BE:70000,gender:female:520000,gender:male:440000,gender:other:20000');
INSERT INTO posts (id, account_id, platform_post_id, posted_at, duration_s, views, likes, comments, shares, caption, hashtags, url, read_at)
	VALUES (723, 1, '7400000000000000001', '2026-09-26 19:33:54.766334+00:00', 66, 1914, 77, 0, 0, '#beautytiktok #perfume #fyp', 'beautytiktok perfume fyp', 'https://www.tiktok.com/@solene.beleres0/video/7400000000000000001', '2026-10-01 00:20:09.517887+00:00');
INSERT INTO creator_tribes (creator_id, tribe, known)
	VALUES (1, 'beautytok', 'declared');
INSERT INTO creator_languages (creator_id, language)
	VALUES (1, 'en');
INSERT INTO creator_content_types (creator_id, content_type)
	VALUES (1, 'challenge');
INSERT INTO creator_prices (creator_id, format, minor, currency)
	VALUES (1, 'live', 51000, 'EUR');
INSERT INTO proposals (id, public_id, brand_id, creator_id, sent_by, state, version, message, product, fee_minor, currency, usage_days, disclosure, form_key, sent_at, expires_at, closed_at, category)
	VALUES (1, '7mf2c7672v', 2, 1, 2, 'accepted', 2, 'Hallo, je video''s zijn rustig en eerlijk. Vertel gerust wat je minder goed vindt; laat het product in gebruik zien.', 'Lippenbalsem', 30000, 'EUR', 30, '#advertentie', '47e15d520314dee32dc7fcaa55fe981a292cc4e1b0a333020252a73d99e8f75c', '2026-10-23 00:20:09.517887+00:00', '2026-10-30 00:20:09.517887+00:00', '2026-10-23 21:56:09.517887+00:00', 'beauty');
INSERT INTO proposals (id, public_id, brand_id, creator_id, sent_by, state, version, message, product, fee_minor, currency, usage_days, disclosure, form_key, sent_at, expires_at, closed_at, category)
	VALUES (9, 'bw7ng757nq', 1, 1, 1, 'accepted', 2, 'Bonjour, vos vidéos sont précises et calmes, comme ce que nous fabriquons. Le texte est libre ; montrez l''objet en usage.', 'Poêles d''automne', 99000, 'EUR', 30, 'Collaboration commerciale', '884fe18c7d0a37a593bbb48ec8348db16e73e0a578c423911479dbfaee6dd464', '2026-11-11 00:20:09.517887+00:00', '2026-11-18 00:20:09.517887+00:00', '2026-11-11 21:56:09.517887+00:00', 'home');
INSERT INTO proposal_deliverables (id, proposal_id, number, content_type, format, platform, due_on)
	VALUES (1, 1, 1, 'review', 'video', 'tiktok', '2026-10-31');
INSERT INTO deals (id, public_id, proposal_id, brand_id, creator_id, product, fee_minor, currency, usage_days, disclosure, zone, agreed_at)
	VALUES (1, 'dw75tp6dmp', 1, 2, 1, 'Lippenbalsem', 30000, 'EUR', 30, '#advertentie', 'Europe/Paris', '2026-10-23 21:56:09.517887+00:00');
INSERT INTO deals (id, public_id, proposal_id, brand_id, creator_id, product, fee_minor, currency, usage_days, disclosure, zone, agreed_at)
	VALUES (8, '86rfmjr356', 9, 1, 1, 'Poêles d''automne', 99000, 'EUR', 30, 'Collaboration commerciale', 'Europe/Paris', '2026-11-11 21:56:09.517887+00:00');
INSERT INTO deliverables (id, deal_id, number, content_type, format, platform, due_on, due_at, state, version, entered_at, draft_url, draft_note, published_url, post_key, proof, published_at, completed_at)
	VALUES (1, 1, 1, 'review', 'video', 'tiktok', '2026-10-31', '2026-10-31 23:00:00+00:00', 'completed', 5, '2026-11-06 00:20:09.517887+00:00', 'https://drafts.example/1', 'First cut, sound is not final.', 'https://www.tiktok.com/@solene.beleres0/video/7500000000001000121', '7500000000001000121', 'address', '2026-11-03 00:20:09.517887+00:00', '2026-11-06 00:20:09.517887+00:00');
INSERT INTO deliverables (id, deal_id, number, content_type, format, platform, due_on, due_at, state, version, entered_at, deadline_at, remind_at, draft_url, draft_note)
	VALUES (10, 8, 2, 'review', 'video', 'tiktok', '2026-12-06', '2026-12-06 23:00:00+00:00', 'review', 2, '2026-11-28 19:32:09.517887+00:00', '2026-12-03 19:32:09.517887+00:00', '2026-12-02 19:32:09.517887+00:00', 'https://drafts.example/2', 'First cut, sound is not final.');
INSERT INTO deal_events (id, proposal_id, at, version, side, person_id, action, to_state)
	VALUES (1, 1, '2026-10-23 00:20:09.517887+00:00', 1, 'brand', 2, 'propose', 'open');
INSERT INTO audit_events (id, at, action, subject)
	VALUES (1, '2026-09-30 00:20:09.517887+00:00', 'accounts.admin_added', 'person:6');
INSERT INTO account_tokens (account_id, state, reason, since, granted_at)
	VALUES (1, 'reconnect', 'missing', '2026-10-01 00:20:09.517887+00:00', '2026-10-01 00:20:09.517887+00:00');
INSERT INTO account_snapshots (account_id, day, read_at, followers, likes, posts, views_30)
	VALUES (1, '2026-10-01', '2026-10-01 00:20:09.517887+00:00', 32453, 357588, 264, 6928);
INSERT INTO creator_births (creator_id, born_on, declared_at)
	VALUES (1, '2007-11-30', '2026-11-28 00:20:09.517887+00:00');
INSERT INTO audience_shares (account_id, kind, key, ppm, source, as_of)
	VALUES (1, 'age', '13-17', 90000, 'declared', '2026-11-28');
INSERT INTO creator_limits (creator_id, capacity)
	VALUES (1, 12);
INSERT INTO creator_minimums (creator_id, format, currency, minor)
	VALUES (1, 'story', 'EUR', 5000);
INSERT INTO creator_refusals (creator_id, category)
	VALUES (1, 'alcohol');
INSERT INTO creator_absences (creator_id, from_on, to_on)
	VALUES (1, '2027-01-09', '2027-01-23');
INSERT INTO members (brand_id, person_id, role, created_at)
	VALUES (1, 1, 'owner', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO totp_factors (person_id, secret, last_step, created_at, confirmed_at)
	VALUES (6, 'sealed', 59690920, '2026-09-30 00:20:09.517887+00:00', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO recovery_codes (person_id, code_digest, created_at)
	VALUES (6, '34d5db7dcbcb5c4fbc77a59f1aecea1bdb5b6171cf15766b4c637e96451ce143', '2026-09-30 00:20:09.517887+00:00');
INSERT INTO audit_seals (seq, event_id, salt, address_digest, hash, sealed_at)
	VALUES (1, 1, 'yi8crY-FAV8Dv0mf3zTMdjfMO6H17Hi0', 'bef3c406b1b07ee97219c61fe7e81a70e7ef61064eb8ac5dad16c83ae0e8239b', '586d30c0004707ef02f38b5b7cf9c3589fed4dfc28981fa805a66992b154c456', '2026-11-30 00:20:26.170593+00:00');
INSERT INTO creator_activity (creator_id, asked, answered, response_minutes, busy, month, updated_at)
	VALUES (1, 3, 3, 1296, '2026-10:1,2026-11:2,2026-12:6', '2026-11', '2026-11-30 00:20:21.832383+00:00');
INSERT INTO creator_categories (creator_id, category, deals)
	VALUES (1, 'beauty', 1);
INSERT INTO listing_changes (id, creator_id, at)
	VALUES (1, 1, '2026-11-30 00:20:09');
INSERT INTO shortlists (id, public_id, brand_id, name, name_key, created_by, created_at, updated_at)
	VALUES (1, 'rdc6wvdxp6', 1, 'Printemps, une seule poêle', 'printemps, une seule poêle', 1, '2026-11-18 00:20:09.517887+00:00', '2026-11-22 00:20:09.517887+00:00');
INSERT INTO shortlist_items (id, shortlist_id, creator_id, note, added_by, added_at)
	VALUES (1, 1, 1, 'Travaille déjà avec nous ; le format d''une seule poêle lui va.', 1, '2026-11-19 00:20:09.517887+00:00');
INSERT INTO shortlist_labels (item_id, position, label)
	VALUES (1, 1, 'demandée');
INSERT INTO saved_searches (id, public_id, brand_id, created_by, name, name_key, query, alert, known, next_at, created_at, updated_at, version, mails_to)
	VALUES (1, 'jbwfy9wqwc', 1, 1, 'FoodTok, chiffres vérifiés', 'foodtok, chiffres vérifiés', 'tribe=foodtok&verified=1', 'daily', '0', '2026-11-30 07:00:00+00:00', '2026-11-27 00:20:09.517887+00:00', '2026-11-27 00:20:09.517887+00:00', 2, 1);
INSERT INTO saved_search_mails (id, saved_search_id, person_id, token_hash, at)
	VALUES (1, 1, 1, '7192ad755abc8df82f3a473b5112adb7c03085c6682cdbe49cc404c1eec5ca32', '2026-11-30 00:20:09.517887+00:00');
INSERT INTO saved_search_matches (saved_search_id, creator_id, found_in, found_at, mailed_at, mail_id)
	VALUES (1, 38, 2, '2026-11-30 00:20:09.517887+00:00', '2026-11-30 00:20:09.517887+00:00', 1);
INSERT INTO ranking_editions (id, measure, span, period, as_of, live)
	VALUES (3, 'engagement', 'month', '2026-10', '2026-10-31 23:00:00+00:00', TRUE);
INSERT INTO ranking_places (edition_id, tribe, country, place, account_id, ppm, part, whole, posts, from_day, to_day)
	VALUES (3, '', '', 38, 1, 51348, 6213, 120997, 15, '2026-10-01', '2026-10-29');
INSERT INTO tribe_figures (tribe, tier, figure, creators, value, as_of)
	VALUES ('animetok', '', 'creators', 3, 3, '2026-11-30 00:20:26.286227+00:00');
INSERT INTO tribe_tops (tribe, place, account_id)
	VALUES ('beautytok', 4, 1);
INSERT INTO tribe_hashtags (tribe, place, hashtag, creators)
	VALUES ('beautytok', 1, 'beautytiktok', 9);
INSERT INTO email_confirmations (token_hash, person_id, email, created_at, expires_at)
	VALUES ('confirmation', 1, 'margaux@brindille.example', '2026-09-30 00:20:09+00:00', '2026-10-01 00:20:09+00:00');
INSERT INTO password_resets (token_hash, person_id, created_at, expires_at)
	VALUES ('reset', 1, '2026-09-30 00:20:09+00:00', '2026-10-01 00:20:09+00:00');
INSERT INTO oauth_states (state_hash, provider, browser_hash, session, next, expires_at, purpose, person_id)
	VALUES ('state', 'tiktok', 'browser', 'session', '/', '2026-10-01 00:20:09+00:00', 'connect', 7);
INSERT INTO sessions (token, data, expiry, public_id, person_id, way, address, agent, created_at, signed_in_at, last_seen_at)
	VALUES ('session', 'data', '2026-12-30 00:20:09+00:00', 'sess000001', 1, 'password', '192.0.2.1', 'Firefox', '2026-11-30 00:20:09+00:00', '2026-11-30 00:20:09+00:00', '2026-11-30 00:20:09+00:00');
INSERT INTO sign_in_steps (token_hash, kind, person_id, way, created_at, expires_at)
	VALUES ('step', 'factor', 6, 'password', '2026-11-30 00:20:09+00:00', '2026-11-30 00:30:09+00:00');
INSERT INTO passkeys (id, public_id, person_id, name, credential_id, credential, created_at)
	VALUES (1, 'pass000001', 6, 'Phone', 'id', '{}', '2026-11-30 00:20:09+00:00');
INSERT INTO limits (name, key, used, ends_at)
	VALUES ('sign_in', 'a digest', 3, '2026-11-30 00:30:09+00:00');
INSERT INTO invitations (id, public_id, brand_id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)
	VALUES (1, 'invi000001', 1, 'invited@brindille.example', 'finance', 'invitation', 1, '2026-11-30 00:20:09+00:00', '2026-11-30 00:20:09+00:00', '2026-12-07 00:20:09+00:00');
INSERT INTO agency_mandates (id, public_id, agency_id, brand_id, role, offered_by, offered_at, expires_at)
	VALUES (1, 'mand000001', 2, 1, 'manager', 1, '2026-11-30 00:20:09+00:00', '2026-12-14 00:20:09+00:00');
INSERT INTO brand_domains (brand_id, domain, code, asked_by, asked_at, method, verified_at, checked_at, check_at)
	VALUES (1, 'brindille.example', 'code', 1, '2026-11-30 00:20:09+00:00', 'dns', '2026-11-30 00:20:09+00:00', '2026-11-30 00:20:09+00:00', '2026-12-07 00:20:09+00:00');
INSERT INTO blocks (brand_id, creator_id, side, person_id, created_at)
	VALUES (2, 38, 'creator', 44, '2026-11-30 00:20:09+00:00');
INSERT INTO reports (id, public_id, person_id, kind, subject_id, brand_id, reason, words, created_at, decision, note, decided_at, decided_by, version)
	VALUES (1, 'repo000001', 44, 'brand', 2, 2, 'spam', 'Three times today.', '2026-11-29 00:20:09+00:00', 'warn', 'Asked to stop.', '2026-11-30 00:20:09+00:00', 6, 2);
INSERT INTO removals (code, platform, user_digest, kind, at, received_at, done_at)
	VALUES ('code', 'tiktok', 'a digest', 'consent', '2026-11-30 00:20:09+00:00', '2026-11-30 00:20:10+00:00', '2026-11-30 00:20:11+00:00');
INSERT INTO erased_handles (platform, digest, erased_at)
	VALUES ('tiktok', 'a digest', '2026-11-30 00:20:09+00:00');
INSERT INTO engagement_bands (platform, tier, tribe, accounts, low_ppm, high_ppm)
	VALUES ('tiktok', 'nano', '', 40, 20000, 90000);
INSERT INTO tribe_edits (slug, tribe, hidden, version, updated_at)
	VALUES ('kayaktok', '{}', FALSE, 1, '2026-11-30 00:20:09+00:00');
INSERT INTO platform_budgets (platform, window_from, spent)
	VALUES ('twitch', '2026-11-30 00:20:09+00:00', 3);
