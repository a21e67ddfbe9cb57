package creators

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// wholePPM is a whole audience, in millionths.
const wholePPM = 1_000_000

// maxAudienceParts is how many shares of one dimension are stored: the largest ones.
const maxAudienceParts = 10

// AudienceDimensions lists the ways to divide an audience.
func AudienceDimensions() []AudienceDimension {
	return []AudienceDimension{AudienceByCountry, AudienceByAge, AudienceByGender}
}

// AudienceAgeGroups are the age groups in which an audience is declared, as the
// platforms define them.
func AudienceAgeGroups() []string {
	return []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"}
}

// AudienceGenders are the genders in which an audience is declared.
func AudienceGenders() []string { return []string{"female", "male", "other"} }

// AudienceShare is a stored share of an account's audience.
type AudienceShare struct {
	AccountID int64             `gorm:"primaryKey"`
	Kind      AudienceDimension `gorm:"primaryKey"`
	Key       string            `gorm:"primaryKey"` // as in AudiencePart
	PPM       int64             `gorm:"column:ppm"`
	Source    FigureSource
	AsOf      string // the day, YYYY-MM-DD (UTC)
}

// TableName is the table's name, for GORM.
func (AudienceShare) TableName() string { return "audience_shares" }

// saveAudienceShares stores what a platform or the creator says about an
// account's audience, replacing what was known in the same dimensions. nil means
// nothing was said.
func saveAudienceShares(tx *db.Tx, accountID int64, shares []AudiencePart, source FigureSource, asOf time.Time) error {
	var rows []AudienceShare
	kinds := map[AudienceDimension]int64{}
	sorted := slices.Clone(shares)
	slices.SortFunc(sorted, func(a, b AudiencePart) int {
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(b.PPM, a.PPM), strings.Compare(a.Key, b.Key))
	})
	n := map[AudienceDimension]int{}
	for _, x := range sorted {
		if x.Kind == AudienceByCountry {
			x.Key, _ = places.ParseCountry(x.Key) // "" for what is none, such as EU
		}
		known := slices.ContainsFunc(rows, func(r AudienceShare) bool { return r.Kind == x.Kind && r.Key == x.Key })
		if !slices.Contains(AudienceDimensions(), x.Kind) || x.Key == "" || x.PPM < 0 || known || kinds[x.Kind]+x.PPM > wholePPM+wholePPM/100 || n[x.Kind] == maxAudienceParts {
			continue // a platform's own rounding may exceed the whole slightly
		}
		kinds[x.Kind], n[x.Kind] = kinds[x.Kind]+x.PPM, n[x.Kind]+1
		rows = append(rows, AudienceShare{accountID, x.Kind, text.Truncate(text.SingleLine(x.Key), 10), min(x.PPM, wholePPM), source, models.DateOf(asOf.UTC()).String()})
	}
	for kind := range kinds {
		if err := tx.Exec("DELETE FROM audience_shares WHERE account_id = ? AND kind = ?", accountID, kind).Error; err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Create(&rows).Error
}

// AudienceForm is what a creator says about an account's audience, in per cent
// as typed; empty means not said. The fields are called audience_KIND_KEY, and
// for a country audience_country_N and audience_country_N_share.
type AudienceForm struct {
	Platform  string
	Handle    string
	Countries []CountryShareForm
	Shares    map[AudienceDimension]map[string]string // by age and by gender
}

// CountryShareForm is one line of countries.
type CountryShareForm struct{ Country, Share string }

// DeclareAudience stores what the actor says about the audience of one of their
// accounts. Dimensions that the platform itself has reported stay.
func (s *Store) DeclareAudience(ctx context.Context, actor models.Actor, f AudienceForm) error {
	shares, err := f.parseParts()
	if err != nil {
		return err
	}
	return s.changeOwnProfile(ctx, actor, "keep an audience", func(tx *db.Tx, c *Creator) error {
		var a Account
		err := tx.Where("creator_id = ? AND platform = ? AND handle_key = ?", c.ID, f.Platform, text.Fold(f.Handle)).Limit(1).Find(&a).Error
		if err != nil {
			return err
		}
		if a.ID == 0 {
			return models.NotFound()
		}
		var verified []AudienceDimension
		err = errors.Join(
			tx.Model(&AudienceShare{}).Where("account_id = ? AND source = ?", a.ID, SourceVerified).Distinct().Pluck("kind", &verified).Error,
			tx.Exec("DELETE FROM audience_shares WHERE account_id = ? AND source = ?", a.ID, SourceDeclared).Error,
		)
		if err != nil {
			return err
		}
		shares = slices.DeleteFunc(shares, func(x AudiencePart) bool { return slices.Contains(verified, x.Kind) })
		return errors.Join(saveAudienceShares(tx, a.ID, shares, SourceDeclared, s.clock()), s.Relist(tx, []int64{c.ID}))
	})
}

// parseParts parses the form, or says what is wrong with it: the shares of each
// dimension add up to the whole audience at most.
func (f AudienceForm) parseParts() ([]AudiencePart, error) {
	var wrong models.Fields
	var all []AudiencePart
	sum := map[AudienceDimension]int64{}
	add := func(kind AudienceDimension, key, field, typed string) {
		if typed = strings.TrimSpace(typed); typed == "" {
			return
		}
		ppm, ok := text.ParsePercent(typed)
		if !ok || ppm > wholePPM {
			wrong.Add(field, "creators.error.percent")
			return
		}
		if sum[kind] += ppm; sum[kind] > wholePPM {
			wrong.Add(field, "creators.error.percent_sum")
		}
		if ppm > 0 {
			all = append(all, AudiencePart{kind, key, ppm})
		}
	}
	for i, x := range f.Countries {
		field := "audience_country_" + strconv.Itoa(i+1)
		switch country := strings.TrimSpace(x.Country); {
		case country == "" && strings.TrimSpace(x.Share) == "":
		case !places.IsKnownCountry(country):
			wrong.Add(field, "creators.error.country")
		case slices.ContainsFunc(all, func(s AudiencePart) bool { return s.Kind == AudienceByCountry && s.Key == country }):
			wrong.Add(field, "creators.error.country_twice")
		default:
			add(AudienceByCountry, country, field+"_share", x.Share)
		}
	}
	for _, g := range AudienceAgeGroups() {
		add(AudienceByAge, g, AudienceFieldName(AudienceByAge, g), f.Shares[AudienceByAge][g])
	}
	for _, g := range AudienceGenders() {
		add(AudienceByGender, g, AudienceFieldName(AudienceByGender, g), f.Shares[AudienceByGender][g])
	}
	return all, wrong.Err()
}

// AudienceFieldName is the name of the form field of an age group or a gender.
func AudienceFieldName(kind AudienceDimension, key string) string {
	return "audience_" + string(kind) + "_" + strings.NewReplacer("-", "_", "+", "_up").Replace(key)
}

// OwnAudience reads the actor's accounts, and what is known about the audience
// of the one on a platform; "" is the most followed.
func (s *Store) OwnAudience(ctx context.Context, actor models.Actor, platform string) ([]Account, Account, []AudienceShare, error) {
	c, err := s.readCreator(ctx, "id = ?", actor.CreatorID)
	if err != nil {
		return nil, Account{}, nil, err
	}
	if !CanEditProfile(actor, c) {
		return nil, Account{}, nil, models.NotFound()
	}
	var accounts []Account
	if err := s.db.Read(ctx).Where("creator_id = ?", c.ID).Order("followers DESC, id").Find(&accounts).Error; err != nil {
		return nil, Account{}, nil, models.Internal("read a creator's accounts", err)
	}
	if len(accounts) == 0 {
		return nil, Account{}, nil, models.NotFound()
	}
	a := accounts[max(0, slices.IndexFunc(accounts, func(a Account) bool { return a.Platform == platform }))]
	var shares []AudienceShare
	if err := s.db.Read(ctx).Where("account_id = ?", a.ID).Order("kind, ppm DESC, key").Find(&shares).Error; err != nil {
		return nil, a, nil, models.Internal("read an audience", err)
	}
	return accounts, a, shares, nil
}
