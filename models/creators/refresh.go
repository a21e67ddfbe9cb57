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

// received is a profile as it is kept. Without a handle and a number of
// followers there is nothing to show: the scope of the first was refused, the
// second is hidden from everybody.
func received(p Profile, now time.Time) (Profile, error) {
	p.Handle = strings.TrimPrefix(text.Cut(text.Line(p.Handle), platform.LongestHandle), "@")
	p.DisplayName, p.Bio = text.Cut(text.Line(p.DisplayName), longestName), text.Cut(text.Paragraphs(p.Bio), longestBio)
	p.URL = cmp.Or(text.Cut(text.Line(p.URL), 500), platform.ProfileURL(p.Platform, p.Handle))
	switch {
	case p.Handle == "" || p.UserID == "":
		return p, ErrScope
	case p.Followers == nil:
		return p, ErrHidden
	}
	if p.ReadAt.IsZero() || p.ReadAt.After(now) {
		p.ReadAt = now
	}
	p.ReadAt = p.ReadAt.UTC().Truncate(time.Microsecond)
	return p, nil
}

// refresh keeps what the platform said of an account of a creator, with all
// that follows from it: figures, derived tribes, listings.
func (s *Store) refresh(tx *db.Tx, c *Creator, p Profile, now time.Time) (Account, error) {
	a, err := connected(tx, c.ID, p)
	if err != nil {
		return a, err
	}
	if a.Source == Verified && a.AsOf.After(p.ReadAt) {
		return a, nil // somebody read it since
	}
	first := a.Source != Verified
	a.read(p, now)
	if a.ID == 0 {
		a.CreatorID, a.CreatedAt, a.Basis = c.ID, now, BasisNone
		if err := tx.Create(&a).Error; err != nil {
			return a, err
		}
	}
	switch {
	case p.Latest != nil:
		if err := keepPosts(tx, a.ID, p); err != nil {
			return a, err
		}
		if a.Figures, err = s.figuresOf(tx, a, p.ReadAt); err != nil {
			return a, err
		}
	case first:
		a.Figures = Figures{Basis: BasisNone} // those of a file are not verified
	}
	if first {
		a.Listed = false // by what a file said
	}
	if err := errors.Join(keepAudience(tx, a.ID, p.Audience, Verified, p.ReadAt), s.judge(tx, c, &a, now)); err != nil {
		return a, err
	}
	if err := save(tx, &a); err != nil {
		return a, err
	}
	if err := s.snapshot(tx, a, p); err != nil {
		return a, err
	}
	return a, s.follow(tx, c, now)
}

// connected is the creator's account with the platform's user id, else the one
// of the same handle that nobody connected yet, else a new one.
func connected(tx *db.Tx, creatorID int64, p Profile) (Account, error) {
	var a Account
	err := tx.Where("creator_id = ? AND platform = ?", creatorID, p.Platform).
		Where("platform_user_id = ? OR platform_user_id IS NULL AND handle_key = ?", p.UserID, text.Fold(p.Handle)).
		Order("CASE WHEN platform_user_id IS NULL THEN 1 ELSE 0 END").Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Account{}, nil
	}
	return a, err
}

// read takes over what the platform says of the account itself.
func (a *Account) read(p Profile, now time.Time) {
	a.Platform, a.PlatformUserID, a.Source, a.AsOf = p.Platform, &p.UserID, Verified, p.ReadAt
	a.Handle, a.HandleKey, a.URL = p.Handle, text.Fold(p.Handle), p.URL
	a.PurgedAt = nil
	if a.PublicID == nil {
		a.PublicID = new(models.NewPublicID())
	}
	a.Name, a.NameAsOf = cmp.Or(p.DisplayName, a.Name), &p.ReadAt
	a.Followers, a.Following, a.TotalLikes, a.TotalPosts = *p.Followers, p.Following, p.Likes, p.Posts
	a.Aged, a.UpdatedAt = false, now
}

// keepPosts keeps the posts just read. Older ones stay, and so does a count
// that is missing now.
func keepPosts(tx *db.Tx, accountID int64, p Profile) error {
	rows, seen := make([]Post, 0, len(p.Latest)), map[string]bool{}
	for _, x := range p.Latest {
		if x.ID == "" || seen[x.ID] || x.PostedAt.IsZero() {
			continue
		}
		seen[x.ID] = true
		row := Post{
			AccountID: accountID, PlatformPostID: x.ID, PostedAt: x.PostedAt.UTC().Truncate(time.Microsecond), ReadAt: p.ReadAt,
			Views: x.Views, Likes: x.Likes, Comments: x.Comments, Shares: x.Shares,
			Caption: text.Cut(text.Paragraphs(x.Caption), longestCaption), Hashtags: strings.Join(x.Hashtags, " "), URL: text.Cut(text.Line(x.URL), 500),
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

// figuresOf computes an account's figures from its posts, of which only those
// are read that can count.
func (s *Store) figuresOf(tx *db.Tx, a Account, asOf time.Time) (Figures, error) {
	var posts []Post
	rule := s.formula(a.Platform)
	err := tx.Where("account_id = ? AND posted_at <= ?", a.ID, asOf.Add(-FigureAge)).Where(rule.sql()).
		Order("posted_at DESC, platform_post_id DESC").Limit(figurePosts).Find(&posts).Error
	return rule.figure(posts, asOf), err
}

// follow makes the creator's own row, derived tribes and listings follow from
// the accounts.
func (s *Store) follow(tx *db.Tx, c *Creator, now time.Time) error {
	var all []*Account
	if err := tx.Where("creator_id = ?", c.ID).Order("id").Find(&all).Error; err != nil {
		return err
	}
	c.follow(all)
	c.UpdatedAt = now
	if err := save(tx, c); err != nil {
		return err
	}
	if _, err := s.rederive(tx, []int64{c.ID}); err != nil {
		return err
	}
	if err := s.Relist(tx, []int64{c.ID}); err != nil {
		return err
	}
	return tx.Select("listed", "hashtags", "search_text").Where("id = ?", c.ID).Take(c).Error
}

// save writes a whole row. Without hooks: GORM would set its own time of update.
func save(tx *db.Tx, row any) error {
	return tx.Session(&gorm.Session{SkipHooks: true}).Save(row).Error
}
