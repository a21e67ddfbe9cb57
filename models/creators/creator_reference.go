package creators

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/platform"
)

// CreatorReference is what lists of other things, such as deals, show of a creator.
type CreatorReference struct {
	ID        int64
	PublicID  string
	PersonID  *int64 // nil while unclaimed
	Name      string
	Country   string
	Zone      string
	Listed    bool
	Platform  string // of the most followed account
	Handle    string
	Followers int64
	Face      Face `gorm:"-"`
}

// IsClaimed says whether somebody has claimed the profile.
func (s CreatorReference) IsClaimed() bool { return s.PersonID != nil }

// readReference is a CreatorReference as it is read.
type readReference struct {
	CreatorReference `gorm:"embedded"`
	FaceText         string
}

func (s *Store) referenceOf(r readReference) CreatorReference {
	r.Face = s.ParseFace(r.FaceText)
	return r.CreatorReference
}

var creatorReferenceSQL = `SELECT c.id, c.public_id, c.person_id, c.name, c.country, c.zone, c.listed,
		coalesce(a.platform, '') AS platform, coalesce(a.handle, '') AS handle, coalesce(a.followers, 0) AS followers, ` + FaceSQL + ` AS face_text
	FROM creators c
	LEFT JOIN creator_accounts a ON a.id = (SELECT x.id FROM creator_accounts x
		WHERE x.creator_id = c.id ORDER BY x.followers DESC, x.id LIMIT 1) `

// CreatorReferences reads creators' references, by id, in one query.
func (s *Store) CreatorReferences(ctx context.Context, ids []int64) (map[int64]CreatorReference, error) {
	var rows []readReference
	if len(ids) == 0 {
		return map[int64]CreatorReference{}, nil
	}
	if err := s.db.Read(ctx).Raw(creatorReferenceSQL+"WHERE c.id IN ?", ids).Scan(&rows).Error; err != nil {
		return nil, models.Internal("read the names of creators", err)
	}
	byID := make(map[int64]CreatorReference, len(rows))
	for _, r := range rows {
		byID[r.ID] = s.referenceOf(r)
	}
	return byID, nil
}

// CreatorReferenceByPublicID reads a creator's reference, listed or not.
func (s *Store) CreatorReferenceByPublicID(ctx context.Context, publicID string) (CreatorReference, error) {
	var row readReference
	if err := s.db.Read(ctx).Raw(creatorReferenceSQL+"WHERE c.public_id = ?", publicID).Scan(&row).Error; err != nil {
		return row.CreatorReference, models.Internal("read a creator", err)
	}
	if row.ID == 0 {
		return row.CreatorReference, models.NotFound()
	}
	return s.referenceOf(row), nil
}

// HandlesOnPlatform lists the handles, in lower case, under which a creator may post on a
// platform.
func (s *Store) HandlesOnPlatform(ctx context.Context, creatorID int64, platform string) ([]string, error) {
	var keys []string
	err := s.db.Read(ctx).Model(&Account{}).Where("creator_id = ? AND platform = ?", creatorID, platform).
		Order("id").Pluck("handle_key", &keys).Error
	if err != nil {
		return nil, models.Internal("read a creator's handles", err)
	}
	return keys, nil
}

// PostedAt is when a post of a creator was made, as its platform has told, the zero time
// where that isn't known.
func PostedAt(q *gorm.DB, creatorID int64, on, postID string) (time.Time, error) {
	var p Post
	err := q.Select("posted_at").Where("platform_post_id = ? AND account_id IN (SELECT id FROM creator_accounts WHERE creator_id = ? AND platform = ?)", postID, creatorID, on).
		Limit(1).Find(&p).Error
	return p.PostedAt, err
}

// ReadPlatforms lists the platforms on which a creator has an account, as platform.Names
// orders them.
func (s *Store) ReadPlatforms(ctx context.Context, creatorID int64) ([]string, error) {
	var found []string
	err := s.db.Read(ctx).Model(&Account{}).Where("creator_id = ? AND purged_at IS NULL", creatorID).Distinct().Pluck("platform", &found).Error
	if err != nil {
		return nil, models.Internal("read a creator's platforms", err)
	}
	return slices.DeleteFunc(platform.Names(), func(p string) bool { return !slices.Contains(found, p) }), nil
}

// StartingPricesOf reads what a creator asks for at least, by format.
func StartingPricesOf(q *gorm.DB, creatorID int64) (map[string]models.Money, error) {
	var rows []StartingPrice
	err := q.Where("creator_id = ?", creatorID).Find(&rows).Error
	prices := make(map[string]models.Money, len(rows))
	for _, r := range rows {
		prices[r.Format] = r.Money()
	}
	return prices, err
}
