package creators

import (
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// FigureSource says where an account's figures come from.
type FigureSource string

// The sources, weakest first: a file that the operator imported, the creator's
// own statement, and the platform itself with the owner's consent.
const (
	SourceImported FigureSource = "imported"
	SourceDeclared FigureSource = "declared"
	SourceVerified FigureSource = "verified"
)

// Creator is a creator's profile, claimed by a person or not yet.
type Creator struct {
	ID         int64
	PublicID   string
	PersonID   *int64 // nil while nobody has claimed the profile
	Name       string
	Bio        string
	Country    string // ISO 3166-1 alpha-2, may be empty
	Region     string // ISO 3166-2 with its country, such as FR-IDF; may be empty
	Zone       string // IANA name
	Hashtags   string // the most used ones of the latest posts, normalised, separated by spaces
	SearchText string // the text that a search looks for words in
	Listed     bool   // one of the accounts is listed
	ClaimedAt  *time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time

	SuspendedAt     *time.Time
	SuspendedReason string

	NoIndex bool `gorm:"column:noindex"` // search engines are asked to leave the page out

	ThumbnailsAt *time.Time // since when the owner allows thumbnails of their latest posts; nil for not
}

// TableName is the table's name, for GORM.
func (Creator) TableName() string { return "creators" }

// IsClaimed says whether somebody has claimed the profile.
func (c Creator) IsClaimed() bool { return c.PersonID != nil }

// Location returns the creator's time zone; UTC if its name is unknown.
func (c Creator) Location() *time.Location {
	return models.Zone(c.Zone)
}

// Account is a creator's account on one platform with its figures.
type Account struct {
	ID             int64
	CreatorID      int64
	Platform       string
	PlatformUserID *string // nil until the owner has connected it
	Handle         string  // as its owner writes it, without the @
	HandleKey      string  // in lower case: handles are unique regardless of case
	Name           string
	NameAsOf       *time.Time // the date of an imported name
	Country        string     // as imported or given by the platform, may be empty
	CountryAsOf    *time.Time
	URL            string
	Source         FigureSource
	AsOf           time.Time // the date of followers, following, likes and posts
	Followers      int64
	Following      *int64
	TotalLikes     *int64
	TotalPosts     *int64
	Figures        `gorm:"embedded"`
	Listed         bool       // it meets the marketplace's floor, or is in its grace period
	GraceUntil     *time.Time // set while below the floor: listed until then
	Aged           bool       // its figures are old; set by a job
	CreatedAt      time.Time
	UpdatedAt      time.Time

	PublicID *string    // identifies it in URLs; nil until its owner connected it
	PurgedAt *time.Time // when its figures were deleted because of the platform's terms; Followers is then unknown, not 0
}

// TableName is the table's name, for GORM.
func (Account) TableName() string { return "creator_accounts" }

// StaleAfter is the age at which an account's figures count as old.
const StaleAfter = 30 * 24 * time.Hour

// IsStale says whether the account's figures are old.
func (a Account) IsStale(now time.Time) bool { return now.Sub(a.AsOf) > StaleAfter }

// Post is a post of an account with its figures when it was last read.
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
	ThumbnailURL   string // where the platform has its thumbnail, until that is fetched; "" for nothing to fetch
}

// TableName is the table's name, for GORM.
func (Post) TableName() string { return "posts" }

// TribeEvidence says how we know that a creator belongs to a tribe; the strongest
// evidence is kept.
type TribeEvidence string

// The kinds of evidence, weakest first: the posts' hashtags, an imported
// category, the creator.
const (
	TribeDerived  TribeEvidence = "derived"
	TribeImported TribeEvidence = "imported"
	TribeDeclared TribeEvidence = "declared"
)

// TribeMembership is a creator's membership of a tribe.
type TribeMembership struct {
	CreatorID int64  `gorm:"primaryKey"`
	Tribe     string `gorm:"primaryKey"` // a slug of the catalogue
	Known     TribeEvidence
}

// TableName is the table's name, for GORM.
func (TribeMembership) TableName() string { return "creator_tribes" }

// SpokenLanguage is a language that a creator posts in.
type SpokenLanguage struct {
	CreatorID int64  `gorm:"primaryKey"`
	Language  string `gorm:"primaryKey"` // ISO 639-1
}

// TableName is the table's name, for GORM.
func (SpokenLanguage) TableName() string { return "creator_languages" }

// OfferedContentType is a content type that a creator offers.
type OfferedContentType struct {
	CreatorID   int64  `gorm:"primaryKey"`
	ContentType string `gorm:"primaryKey"`
}

// TableName is the table's name, for GORM.
func (OfferedContentType) TableName() string { return "creator_content_types" }

// StartingPrice is the least that a creator asks for one post of a format.
type StartingPrice struct {
	CreatorID int64  `gorm:"primaryKey"`
	Format    string `gorm:"primaryKey"`
	Minor     int64
	Currency  string
}

// TableName is the table's name, for GORM.
func (StartingPrice) TableName() string { return "creator_prices" }

// Money returns the price as an amount.
func (p StartingPrice) Money() models.Money {
	return models.Money{Minor: p.Minor, Currency: p.Currency}
}

// FindCreator reads a profile for another area; gorm.ErrRecordNotFound if there is
// none.
func FindCreator(q *gorm.DB, id int64) (c Creator, err error) {
	err = q.Take(&c, id).Error
	return c, err
}

// FindCreatorByPublicID is FindCreator by the id in the URL of the profile.
func FindCreatorByPublicID(q *gorm.DB, publicID string) (c Creator, err error) {
	err = q.Where("public_id = ?", publicID).Take(&c).Error
	return c, err
}

// LockCreator serialises transactions that depend on a creator's limits.
func LockCreator(tx *db.Tx, id int64) error {
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Take(&Creator{}, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.NotFound()
	}
	return err
}

// IsProfileOf says whether the profile belongs to a person.
func IsProfileOf(q *gorm.DB, creatorID, personID int64) (bool, error) {
	var n int64
	err := q.Model(&Creator{}).Where("id = ? AND person_id = ?", creatorID, personID).Count(&n).Error
	return n > 0, err
}

// HandleKeys lists a creator's handles on a platform, in lower case, most followed
// first.
func HandleKeys(q *gorm.DB, creatorID int64, platform string) (keys []string, err error) {
	err = q.Model(&Account{}).Where("creator_id = ? AND platform = ?", creatorID, platform).
		Order("followers DESC, id").Pluck("handle_key", &keys).Error
	return keys, err
}

// StartingPricesOfCreators reads the prices for a format of the creators with ids in a range:
// after the first, up to and including the last.
func StartingPricesOfCreators(q *gorm.DB, format string, after, until int64) (prices []StartingPrice, err error) {
	err = q.Where("creator_id > ? AND creator_id <= ? AND format = ?", after, until, format).Find(&prices).Error
	return prices, err
}
