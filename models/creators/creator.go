package creators

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ContentTypes lists what a sponsored post can be.
func ContentTypes() []string { return []string{"challenge", "tutorial", "unboxing", "review"} }

// PostFormats lists the forms in which a post can be published.
func PostFormats() []string { return []string{"video", "live", "story"} }

// FigureSource says where an account's figures come from.
type FigureSource string

// The sources, the weakest first: a file that the operator imported, the
// creator's word, and the platform itself with the owner's consent.
const (
	SourceImported FigureSource = "imported"
	SourceDeclared FigureSource = "declared"
	SourceVerified FigureSource = "verified"
)

// Creator is a person, or whoever stands behind a profile that nobody has
// claimed yet.
type Creator struct {
	ID         int64
	PublicID   string
	PersonID   *int64 // nil while nobody has claimed the profile
	Name       string
	Bio        string
	Country    string // ISO 3166-1 alpha-2, may be empty
	Region     string // ISO 3166-2 with its country, such as FR-IDF; may be empty
	Zone       string // IANA name
	Hashtags   string // the most used ones of the latest posts, as they are compared, between spaces
	SearchText string // what the words of a search are looked for in
	Listed     bool   // one of the accounts is listed
	ClaimedAt  *time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time

	SuspendedAt     *time.Time
	SuspendedReason string

	NoIndex bool `gorm:"column:noindex"` // search engines are asked to leave her page out
}

// TableName is GORM's.
func (Creator) TableName() string { return "creators" }

// IsClaimed says whether the profile is somebody's.
func (c Creator) IsClaimed() bool { return c.PersonID != nil }

// Location is the creator's time zone; UTC when its name isn't known here.
func (c Creator) Location() *time.Location {
	if l, err := time.LoadLocation(c.Zone); err == nil {
		return l
	}
	return time.UTC
}

// Account is a creator's account on one platform with its figures.
type Account struct {
	ID             int64
	CreatorID      int64
	Platform       string
	PlatformUserID *string // nil until its owner connected it
	Handle         string  // as its owner writes it, without the @
	HandleKey      string  // in lower case: a handle is unique whatever its case
	Name           string
	NameAsOf       *time.Time // how old the name is, of an imported one
	Country        string     // as a file or the platform gives it, may be empty
	CountryAsOf    *time.Time
	URL            string
	Source         FigureSource
	AsOf           time.Time // how old followers, following, likes and posts are
	Followers      int64
	Following      *int64
	TotalLikes     *int64
	TotalPosts     *int64
	Figures        `gorm:"embedded"`
	Listed         bool       // the marketplace's floor lets it, or its grace lasts
	GraceUntil     *time.Time // below the floor, and listed until then
	Aged           bool       // its figures have become old, as a job has found
	CreatedAt      time.Time
	UpdatedAt      time.Time

	PublicID *string    // its name in addresses; nil until its owner connected it
	PurgedAt *time.Time // when its figures were deleted, because its platform lets nobody keep them longer; Followers is then none, not 0
}

// TableName is GORM's.
func (Account) TableName() string { return "creator_accounts" }

// StaleAfter is the age from which an account's figures are marked as old.
const StaleAfter = 30 * 24 * time.Hour

// IsStale says whether the account's figures are old.
func (a Account) IsStale(now time.Time) bool { return now.Sub(a.AsOf) > StaleAfter }

// Post is one post of an account with the figures that it had when it was read.
type Post struct {
	ID             int64
	AccountID      int64
	PlatformPostID string
	PostedAt       time.Time
	DurationS      *int64
	Views          *int64
	Likes          *int64
	Comments       *int64
	Shares         *int64
	Caption        string
	Hashtags       string // separated by spaces
	URL            string
	ReadAt         time.Time
}

// TableName is GORM's.
func (Post) TableName() string { return "posts" }

// TribeEvidence says how a tribe of a creator is known; the strongest way is kept.
type TribeEvidence string

// The ways, the weakest first: from the hashtags of the posts, from an imported
// category, from the creator.
const (
	TribeDerived  TribeEvidence = "derived"
	TribeImported TribeEvidence = "imported"
	TribeDeclared TribeEvidence = "declared"
)

// TribeMembership is a tribe of a creator.
type TribeMembership struct {
	CreatorID int64  `gorm:"primaryKey"`
	Tribe     string `gorm:"primaryKey"` // a slug of the catalogue
	Known     TribeEvidence
}

// TableName is GORM's.
func (TribeMembership) TableName() string { return "creator_tribes" }

// SpokenLanguage is a language in which a creator posts.
type SpokenLanguage struct {
	CreatorID int64  `gorm:"primaryKey"`
	Language  string `gorm:"primaryKey"` // ISO 639-1
}

// TableName is GORM's.
func (SpokenLanguage) TableName() string { return "creator_languages" }

// OfferedContentType is a content type that a creator offers.
type OfferedContentType struct {
	CreatorID   int64  `gorm:"primaryKey"`
	ContentType string `gorm:"primaryKey"`
}

// TableName is GORM's.
func (OfferedContentType) TableName() string { return "creator_content_types" }

// StartingPrice is what a creator asks for at least, for one post of a format.
type StartingPrice struct {
	CreatorID int64  `gorm:"primaryKey"`
	Format    string `gorm:"primaryKey"`
	Minor     int64
	Currency  string
}

// TableName is GORM's.
func (StartingPrice) TableName() string { return "creator_prices" }

// Money is the price as an amount.
func (p StartingPrice) Money() models.Money {
	return models.Money{Minor: p.Minor, Currency: p.Currency}
}

// FindCreator reads a profile within a query of another area; gorm.ErrRecordNotFound
// where there is none.
func FindCreator(q *gorm.DB, id int64) (c Creator, err error) {
	err = q.Take(&c, id).Error
	return c, err
}

// FindCreatorByPublicID is FindCreator by the id in the URL of the profile.
func FindCreatorByPublicID(q *gorm.DB, publicID string) (c Creator, err error) {
	err = q.Where("public_id = ?", publicID).Take(&c).Error
	return c, err
}

// LockCreator lets whatever hangs on a profile's limits wait for each other.
func LockCreator(tx *db.Tx, id int64) error {
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&Creator{}, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

// IsProfileOf says whether the profile is a person's.
func IsProfileOf(q *gorm.DB, creatorID, personID int64) (bool, error) {
	var n int64
	err := q.Model(&Creator{}).Where("id = ? AND person_id = ?", creatorID, personID).Count(&n).Error
	return n > 0, err
}

// HandleKeys are the handles that a creator has on a platform, as they are compared,
// the one with the most followers first.
func HandleKeys(q *gorm.DB, creatorID int64, platform string) (keys []string, err error) {
	err = q.Model(&Account{}).Where("creator_id = ? AND platform = ?", creatorID, platform).
		Order("followers DESC, id").Pluck("handle_key", &keys).Error
	return keys, err
}

// PricesBetween are the prices of creators for a format, from one profile, which is not
// meant, up to another.
func PricesBetween(q *gorm.DB, format string, after, until int64) (prices []StartingPrice, err error) {
	err = q.Where("creator_id > ? AND creator_id <= ? AND format = ?", after, until, format).Find(&prices).Error
	return prices, err
}
