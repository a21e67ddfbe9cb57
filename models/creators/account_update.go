package creators

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// cleanPlatformProfile tidies a profile for storage. Without a handle (its scope
// was refused) or a number of followers (hidden from everybody) there is nothing to
// show.
func cleanPlatformProfile(p PlatformProfile, now time.Time) (PlatformProfile, error) {
	p.Handle = strings.TrimPrefix(text.Truncate(text.SingleLine(p.Handle), platform.LongestHandle), "@")
	p.DisplayName, p.Bio = text.Truncate(text.SingleLine(p.DisplayName), maxNameLength), text.Truncate(text.Paragraphs(p.Bio), maxBioLength)
	p.URL = cmp.Or(text.Truncate(text.SingleLine(p.URL), 500), platform.ProfileURL(p.Platform, p.Handle))
	switch {
	case p.Handle == "" || p.UserID == "":
		return p, ErrMissingScope
	case p.Followers == nil:
		return p, ErrFollowersHidden
	}
	if p.ReadAt.IsZero() || p.ReadAt.After(now) {
		p.ReadAt = now
	}
	p.ReadAt = p.ReadAt.UTC().Truncate(time.Microsecond)
	return p, nil
}

// updateAccountFromPlatform stores what the platform reports about a creator's account,
// with everything derived from it: figures, tribes, listings.
func (s *Store) updateAccountFromPlatform(tx *db.Tx, c *Creator, p PlatformProfile, now time.Time) (Account, error) {
	a, err := findConnectedAccount(tx, c.ID, p)
	if err != nil {
		return a, err
	}
	if a.Source == SourceVerified && a.AsOf.After(p.ReadAt) {
		return a, nil // it has been read since
	}
	first := a.Source != SourceVerified
	a.updateFromProfile(p, now)
	if a.ID == 0 {
		a.CreatorID, a.CreatedAt, a.Basis = c.ID, now, BasisNone
		if err := tx.Create(&a).Error; err != nil {
			return a, err
		}
	}
	switch {
	case p.LatestPosts != nil:
		if err := errors.Join(savePlatformPosts(tx, a.ID, p), s.chooseThumbnails(tx, *c, a, p, now)); err != nil {
			return a, err
		}
		if a.Figures, err = s.computeAccountFigures(tx, a, p.ReadAt); err != nil {
			return a, err
		}
	case first:
		a.Figures = Figures{Basis: BasisNone} // imported ones are not verified
	}
	if first {
		a.Listed = false // it was listed by imported figures
	}
	if err := errors.Join(saveAudienceShares(tx, a.ID, p.Audience, SourceVerified, p.ReadAt), s.applyFloor(tx, c, &a, now)); err != nil {
		return a, err
	}
	if err := saveRow(tx, &a); err != nil {
		return a, err
	}
	if err := s.saveSnapshot(tx, a, p); err != nil {
		return a, err
	}
	return a, s.updateCreatorFromAccounts(tx, c, now)
}

// findConnectedAccount finds the creator's account with the platform's user id, or else
// the unconnected one with the same handle, or else returns a new one.
func findConnectedAccount(tx *db.Tx, creatorID int64, p PlatformProfile) (Account, error) {
	var a Account
	err := tx.Where("creator_id = ? AND platform = ?", creatorID, p.Platform).
		Where("platform_user_id = ? OR platform_user_id IS NULL AND handle_key IN ?", p.UserID, p.importedKeys()).
		Order("CASE WHEN platform_user_id IS NULL THEN 1 ELSE 0 END").Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Account{}, nil
	}
	return a, err
}

// updateFromProfile copies what the platform reports about the account itself.
func (a *Account) updateFromProfile(p PlatformProfile, now time.Time) {
	a.Platform, a.PlatformUserID, a.Source, a.AsOf = p.Platform, &p.UserID, SourceVerified, p.ReadAt
	a.Handle, a.HandleKey, a.URL = p.Handle, text.Fold(p.Handle), p.URL
	a.PurgedAt = nil
	if a.PublicID == nil {
		a.PublicID = new(models.NewPublicID())
	}
	a.Name, a.NameAsOf = cmp.Or(p.DisplayName, a.Name), &p.ReadAt
	a.Followers, a.Following, a.TotalLikes, a.TotalPosts = *p.Followers, p.Following, p.Likes, p.Posts
	a.Aged, a.UpdatedAt = false, now
}

// savePlatformPosts stores the posts just read. Older posts stay, and so does a
// count that is now missing.
func savePlatformPosts(tx *db.Tx, accountID int64, p PlatformProfile) error {
	rows, seen := make([]Post, 0, len(p.LatestPosts)), map[string]bool{}
	for _, x := range p.LatestPosts {
		if x.ID == "" || seen[x.ID] || x.PostedAt.IsZero() {
			continue
		}
		seen[x.ID] = true
		row := Post{
			AccountID: accountID, PlatformPostID: x.ID, PostedAt: x.PostedAt.UTC().Truncate(time.Microsecond), ReadAt: p.ReadAt,
			Views: x.Views, Likes: x.Likes, Comments: x.Comments, Shares: x.Shares,
			Caption: text.Truncate(text.Paragraphs(x.Caption), maxCaptionLength), Hashtags: strings.Join(x.Hashtags, " "), URL: text.Truncate(text.SingleLine(x.URL), 500),
		}
		if x.Duration > 0 {
			row.DurationS = new(int64(x.Duration / time.Second))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	newest := func(column string) clause.Expr {
		return gorm.Expr("coalesce(excluded." + column + ", posts." + column + ")")
	}
	return tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "account_id"}, {Name: "platform_post_id"}},
		DoUpdates: append(clause.AssignmentColumns([]string{"posted_at", "caption", "hashtags", "url", "read_at"}),
			clause.Assignments(map[string]any{
				"views": newest("views"), "likes": newest("likes"), "comments": newest("comments"), "shares": newest("shares"), "duration_s": newest("duration_s"),
			})...),
	}).Create(&rows).Error
}

// computeAccountFigures computes an account's figures, reading only the posts that can
// count.
func (s *Store) computeAccountFigures(tx *db.Tx, a Account, asOf time.Time) (Figures, error) {
	var posts []Post
	rule := s.formulaFor(a.Platform)
	err := tx.Where("account_id = ? AND posted_at <= ?", a.ID, asOf.Add(-FigureAge)).Where(rule.postCondition()).
		Order("posted_at DESC, platform_post_id DESC").Limit(maxFigurePosts).Find(&posts).Error
	return s.ComputeFigures(a.Platform, posts, asOf), err
}

// updateCreatorFromAccounts updates the creator's own row, derived tribes and listings from
// the accounts.
func (s *Store) updateCreatorFromAccounts(tx *db.Tx, c *Creator, now time.Time) error {
	var all []*Account
	if err := tx.Where("creator_id = ?", c.ID).Order("id").Find(&all).Error; err != nil {
		return err
	}
	c.updateFromAccounts(all)
	c.UpdatedAt = now
	if err := saveRow(tx, c); err != nil {
		return err
	}
	if _, err := s.rederiveTribesAndHashtags(tx, []int64{c.ID}); err != nil {
		return err
	}
	if err := errors.Join(s.Relist(tx, []int64{c.ID}), s.removeRefusedThumbnails(tx, c.ID)); err != nil {
		return err
	}
	return tx.Select("listed", "hashtags", "search_text").Where("id = ?", c.ID).Take(c).Error
}

// saveRow writes a whole row, without hooks: GORM would set its own update time.
func saveRow(tx *db.Tx, row any) error {
	return tx.Session(&gorm.Session{SkipHooks: true}).Save(row).Error
}
