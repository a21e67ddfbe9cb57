package creators

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// NewMember is somebody who takes over an imported profile.
type NewMember struct {
	Profile       PlatformProfile // as last read; its posts are those that were imported
	Email, Locale string
	JoinedAt      time.Time
	Form          ProfileForm
	Audience      AudienceForm
	Readings      []AccountSnapshot // one for each day on which the account was read
	Thumbnails    bool              // they allow thumbnails of their latest posts
}

// AddMembers does for many at once what SignInWithPlatform, EditProfile, DeclareAudience
// and the daily readings do for one: for worlds of examples, in which one by one would
// take minutes. It gives their profiles, in the same order.
func (s *Store) AddMembers(ctx context.Context, all []NewMember) ([]Creator, error) {
	b := memberBatch{store: s, now: s.clock(), members: all}
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		b.tx = tx
		for _, step := range []func() error{b.findProfiles, b.createPeople, b.claimProfiles, b.claimPosts, b.replaceDeclared, b.saveReadings, b.saveAudiences} {
			if err := step(); err != nil {
				return err
			}
		}
		return b.relist()
	})
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		err = models.Internal("add members", err)
	}
	profiles := make([]Creator, len(b.creators))
	for i, c := range b.creators {
		profiles[i] = *c
	}
	return profiles, err
}

// memberBatch is one AddMembers.
type memberBatch struct {
	store   *Store
	tx      *db.Tx
	now     time.Time
	members []NewMember

	// Of the members, in their order.
	accounts []*Account
	creators []*Creator
	ids      []int64 // of creators
}

// batchSize is how many rows one statement writes.
const batchSize = 200

func (b *memberBatch) findProfiles() error {
	keys, byKey := make([]string, len(b.members)), map[accountKey]*Account{}
	for i, m := range b.members {
		keys[i] = HandleKeyOf(m.Profile.Handle)
	}
	var found []*Account
	if err := b.tx.Where("handle_key IN ? AND platform_user_id IS NULL", keys).Find(&found).Error; err != nil {
		return err
	}
	for _, a := range found {
		byKey[accountKey{a.Platform, a.HandleKey}] = a
	}
	var creators []*Creator
	for i, m := range b.members {
		a := byKey[accountKey{m.Profile.Platform, keys[i]}]
		if a == nil {
			return fmt.Errorf("no imported profile has the handle %s", m.Profile.Handle)
		}
		b.accounts, b.ids = append(b.accounts, a), append(b.ids, a.CreatorID)
	}
	if err := b.tx.Where("id IN ? AND person_id IS NULL", b.ids).Find(&creators).Error; err != nil {
		return err
	}
	byID := map[int64]*Creator{}
	for _, c := range creators {
		byID[c.ID] = c
	}
	for i, id := range b.ids {
		if byID[id] == nil {
			return fmt.Errorf("the profile of %s belongs to somebody", keys[i])
		}
		b.creators = append(b.creators, byID[id])
	}
	return nil
}

func (b *memberBatch) createPeople() error {
	people, identities := make([]accounts.Person, len(b.members)), make([]accounts.Identity, len(b.members))
	for i, m := range b.members {
		people[i] = accounts.Person{Name: displayNameOf(m.Profile), Email: &m.Email, EmailConfirmedAt: &m.JoinedAt, Locale: m.Locale, Zone: m.Form.Zone, CreatedAt: m.JoinedAt}
	}
	if err := accounts.CreatePeople(b.tx, people); err != nil {
		return err
	}
	for i, m := range b.members {
		identities[i] = accounts.Identity{Provider: m.Profile.Platform, Subject: m.Profile.UserID, PersonID: people[i].ID, CreatedAt: m.JoinedAt}
		b.creators[i].PersonID, b.creators[i].ClaimedAt = &people[i].ID, &m.JoinedAt
	}
	return accounts.AddIdentities(b.tx, identities)
}

// claimProfiles writes profiles and accounts with what their owners and the platforms say.
func (b *memberBatch) claimProfiles() error {
	var creators, claimed [][]any
	tokens := make([]AccountToken, len(b.members))
	for i, m := range b.members {
		a, c := b.accounts[i], b.creators[i]
		a.updateFromProfile(m.Profile, b.now)
		if a.Basis != BasisPosts || !figureFormulaFor(a.Platform, b.store.YouTubeDerived).allowsFigures {
			a.Figures = Figures{Basis: BasisNone} // imported ones are not verified
		}
		f, _, _, err := b.store.checkProfile(m.Form)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Handle, err)
		}
		c.Name, c.Bio, c.Country, c.Region, c.Zone, c.UpdatedAt = f.Name, f.Bio, f.Country, f.Region, f.Zone, b.now
		if m.Thumbnails {
			c.ThumbnailsAt = &m.JoinedAt
		}
		c.updateFromAccounts([]*Account{a})
		claimed = append(claimed, append(a.rowValues(), a.PublicID))
		creators = append(creators, append(c.rowValues(), c.Region, c.ThumbnailsAt))
		tokens[i] = AccountToken{AccountID: a.ID, State: ConnectionReconnect, Reason: LossMissing, Since: &b.now, GrantedAt: m.JoinedAt}
	}
	return errors.Join(
		upsertRows(b.tx, "creator_accounts", accountColumns+", public_id", claimed, "created_at"),
		upsertRows(b.tx, "creators", creatorColumns+", region, thumbnails_at", creators, "public_id", "created_at"),
		b.tx.CreateInBatches(tokens, batchSize).Error,
	)
}

// claimPosts lets the imported posts be those of the last reading.
func (b *memberBatch) claimPosts() error {
	var ids []int64
	for _, a := range b.accounts {
		ids = append(ids, a.ID)
	}
	return b.tx.Exec("UPDATE posts SET read_at = (SELECT a.as_of FROM creator_accounts a WHERE a.id = posts.account_id) WHERE account_id IN ?", ids).Error
}

// replaceDeclared writes what profiles declare in place of what was imported.
func (b *memberBatch) replaceDeclared() error {
	if err := b.tx.Exec("DELETE FROM creator_languages WHERE creator_id IN ?", b.ids).Error; err != nil {
		return err
	}
	var languages []SpokenLanguage
	var tribes []TribeMembership
	var types []OfferedContentType
	var prices []StartingPrice
	var addOns []addOnPriceRow
	for i, m := range b.members {
		id := b.ids[i]
		f, declared, asked, err := b.store.checkProfile(m.Form)
		if err != nil {
			return err
		}
		for _, l := range f.Languages {
			languages = append(languages, SpokenLanguage{id, l})
		}
		for _, t := range f.Tribes {
			tribes = append(tribes, TribeMembership{id, t, TribeDeclared})
		}
		for _, t := range f.ContentTypes {
			types = append(types, OfferedContentType{id, t})
		}
		for _, p := range declared {
			p.CreatorID = id
			prices = append(prices, p)
		}
		addOns = append(addOns, asked.rows(id)...)
	}
	return errors.Join(
		insertLanguages(b.tx, languages), insertTribes(b.tx, tribes),
		b.tx.CreateInBatches(types, batchSize).Error, b.tx.CreateInBatches(prices, batchSize).Error, b.tx.CreateInBatches(addOns, batchSize).Error,
	)
}

func (b *memberBatch) saveReadings() error {
	var rows [][]any
	for i, m := range b.members {
		for _, r := range m.Readings {
			rows = append(rows, []any{b.accounts[i].ID, r.Day, r.ReadAt, r.Followers, r.Likes, r.Posts})
		}
	}
	return db.InsertRows(b.tx, "account_snapshots", "account_id, day, read_at, followers, likes, posts", rows)
}

// saveAudiences keeps audiences as declared, and where the platform tells them, as
// verified.
func (b *memberBatch) saveAudiences() error {
	var rows [][]any
	for i, m := range b.members {
		shares, err := m.Audience.parseParts()
		if err != nil {
			return err
		}
		source := SourceDeclared
		if p := m.Profile.Platform; p == platform.YouTube || p == platform.Instagram {
			source = SourceVerified
		}
		for _, x := range shares {
			rows = append(rows, []any{b.accounts[i].ID, string(x.Kind), text.Truncate(x.Key, 10), x.PPM, string(source), models.DateOf(b.now.UTC()).String()})
		}
	}
	return db.InsertRows(b.tx, "audience_shares", "account_id, kind, key, ppm, source, as_of", rows)
}

func (b *memberBatch) relist() error {
	if _, err := b.store.rederiveTribesAndHashtags(b.tx, b.ids); err != nil {
		return err
	}
	return b.store.Relist(b.tx, b.ids)
}

// LatestPostsOf lists the ids of the latest posts, newest first, of some creators who allow
// thumbnails, on platforms that have them.
func (s *Store) LatestPostsOf(ctx context.Context, creatorIDs []int64) (map[int64][]int64, error) {
	var rows []struct{ CreatorID, PostID int64 }
	err := s.db.Read(ctx).Raw(latestPostsSQL, creatorIDs, ThumbnailPlatforms(), MaxLatestPosts).Scan(&rows).Error
	if err != nil {
		return nil, models.Internal("read the latest posts of creators", err)
	}
	posts := map[int64][]int64{}
	for _, r := range rows {
		posts[r.CreatorID] = append(posts[r.CreatorID], r.PostID)
	}
	return posts, nil
}

// AddReadings keeps readings of accounts, by their handles, from days on which they were
// not read through this program.
func (s *Store) AddReadings(ctx context.Context, on string, readings map[string][]AccountSnapshot) error {
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		keys := make([]string, 0, len(readings))
		for handle := range readings {
			keys = append(keys, HandleKeyOf(handle))
		}
		b := memberBatch{store: s, tx: tx}
		if err := tx.Where("platform = ? AND handle_key IN ?", on, keys).Order("id").Find(&b.accounts).Error; err != nil {
			return err
		}
		for _, a := range b.accounts {
			b.members = append(b.members, NewMember{Readings: readings[a.Handle]})
			b.ids = append(b.ids, a.CreatorID)
		}
		return errors.Join(b.saveReadings(), s.Relist(tx, b.ids))
	})
	if err != nil {
		return models.Internal("add readings", err)
	}
	return nil
}
