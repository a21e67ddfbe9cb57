package creators

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// Maximums of a profile.
const (
	MaxDeclaredTribes = 5
	MaxLanguages      = 10
)

// ProfileForm is what creators say about themselves. Its fields are called
// name, bio, country, region, zone, languages, tribes, content_types, and price_video,
// price_live and price_story for the prices.
type ProfileForm struct {
	Name         string
	Bio          string
	Country      string
	Region       string // of the country; one of the previous country is dropped
	Zone         string // if empty, the one in which most of the country lives
	Languages    []string
	Tribes       []string // declared
	ContentTypes []string
	Prices       []StartingPriceForm
	AddOns       map[AddOn]string // per cent of the content's price, as typed; called add_on_rights and so on
	NoIndex      bool             // search engines are asked to leave the page out
}

// StartingPriceForm is a starting price as it was typed; an empty amount is none.
type StartingPriceForm struct {
	Format   string
	Amount   string // plain decimal, as models.ParseMoney reads it
	Currency string
}

// EditProfile saves what the actor says about themselves as a creator. A tribe
// that is no longer declared stays only if it can be derived from the posts.
func (s *Store) EditProfile(ctx context.Context, actor models.Actor, f ProfileForm) error {
	f, prices, addOns, err := s.checkProfile(f)
	if err != nil {
		return err
	}
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		var c Creator
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", actor.CreatorID).Take(&c).Error
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !CanEditProfile(actor, c) {
			return models.NotFound()
		}
		if err != nil {
			return err
		}
		if f.Region, err = f.keptRegion(c.Region); err != nil {
			return err
		}
		c.Name, c.Bio, c.Country, c.Region, c.Zone = f.Name, f.Bio, f.Country, f.Region, f.Zone
		c.NoIndex = f.NoIndex
		if err := errors.Join(replaceDeclared(tx, c.ID, f, prices), replaceAddOns(tx, c.ID, addOns)); err != nil {
			return err
		}
		return s.updateCreatorFromAccounts(tx, &c, s.clock())
	})
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return models.Internal("keep a profile", err)
	}
	return err
}

// keptRegion returns the region to store. Without JavaScript, the form still
// has the previous one after another country was chosen.
func (f ProfileForm) keptRegion(before string) (string, error) {
	_, country, _ := RegionByCode(f.Region)
	switch {
	case f.Region == "" || country == f.Country:
		return f.Region, nil
	case f.Region == before:
		return "", nil
	}
	return "", models.Invalid("region", "creators.error.region_country")
}

// replaceDeclared replaces what was declared before with what the form says.
func replaceDeclared(tx *db.Tx, creatorID int64, f ProfileForm, prices []StartingPrice) error {
	for _, table := range []string{"creator_languages", "creator_content_types", "creator_prices"} {
		if err := tx.Exec("DELETE FROM "+table+" WHERE creator_id = ?", creatorID).Error; err != nil {
			return err
		}
	}
	if err := tx.Exec("DELETE FROM creator_tribes WHERE creator_id = ? AND known = ?", creatorID, TribeDeclared).Error; err != nil {
		return err
	}
	var languages []SpokenLanguage
	for _, l := range f.Languages {
		languages = append(languages, SpokenLanguage{creatorID, l})
	}
	var tribes []TribeMembership
	for _, t := range f.Tribes {
		tribes = append(tribes, TribeMembership{creatorID, t, TribeDeclared})
	}
	if err := errors.Join(insertLanguages(tx, languages), insertTribes(tx, tribes)); err != nil {
		return err
	}
	for _, t := range f.ContentTypes {
		if err := tx.Create(&OfferedContentType{creatorID, t}).Error; err != nil {
			return err
		}
	}
	for _, p := range prices {
		p.CreatorID = creatorID
		if err := tx.Create(&p).Error; err != nil {
			return err
		}
	}
	return nil
}

// checkProfile tidies the form for storage, or says what is wrong with it.
func (s *Store) checkProfile(f ProfileForm) (ProfileForm, []StartingPrice, AddOnPrices, error) {
	var wrong models.Fields
	f.Name, f.Bio = text.SingleLine(f.Name), text.Paragraphs(f.Bio)
	f.Country, f.Region, f.Zone = strings.TrimSpace(f.Country), strings.TrimSpace(f.Region), strings.TrimSpace(f.Zone)
	switch n := text.Length(f.Name); {
	case n == 0:
		wrong.Add("name", "creators.error.name")
	case n > maxNameLength:
		wrong.Add("name", "creators.error.long", "most", maxNameLength)
	}
	if text.Length(f.Bio) > maxBioLength {
		wrong.Add("bio", "creators.error.long", "most", maxBioLength)
	}
	if f.Country != "" && !places.IsKnownCountry(f.Country) {
		wrong.Add("country", "creators.error.country")
	}
	if _, _, ok := RegionByCode(f.Region); !ok && f.Region != "" {
		wrong.Add("region", "creators.error.region")
	}
	if f.Zone == "" {
		f.Zone = places.TimeZoneOfCountry(f.Country)
	}
	zone, ok := places.ParseTimeZone(f.Zone)
	if !ok {
		wrong.Add("zone", "creators.error.zone")
	}
	f.Zone = zone
	for i, l := range f.Languages {
		if code, ok := places.ParseLanguage(l); ok && len(l) == 2 {
			f.Languages[i] = code
		}
	}
	f.Languages = checkChoices(&wrong, "languages", f.Languages, MaxLanguages, places.IsKnownLanguage)
	f.Tribes = checkChoices(&wrong, "tribes", f.Tribes, MaxDeclaredTribes, func(t string) bool { _, ok := s.TribeCatalogue().TribeBySlug(t); return ok })
	f.ContentTypes = checkChoices(&wrong, "content_types", f.ContentTypes, len(content.Types()), func(t string) bool { return slices.Contains(content.Types(), t) })
	prices, addOns := parseStartingPrices(&wrong, f.Prices), parseAddOns(&wrong, f.AddOns)
	return f, prices, addOns, wrong.Err()
}

// checkChoices checks what was chosen from a list, and drops duplicates.
func checkChoices(wrong *models.Fields, field string, chosen []string, most int, known func(string) bool) []string {
	var all []string
	for _, c := range chosen {
		switch {
		case c == "" || slices.Contains(all, c):
		case !known(c):
			wrong.Add(field, "creators.error."+field)
		default:
			all = append(all, c)
		}
	}
	if len(all) > most {
		wrong.Add(field, "creators.error."+field+"_many", "most", most)
	}
	return all
}

// parseStartingPrices parses the prices, at most one per format.
func parseStartingPrices(wrong *models.Fields, forms []StartingPriceForm) []StartingPrice {
	var all []StartingPrice
	for _, f := range forms {
		field, amount := "price_"+f.Format, strings.TrimSpace(f.Amount)
		if !slices.Contains(content.Formats(), f.Format) || slices.ContainsFunc(all, func(p StartingPrice) bool { return p.Format == f.Format }) {
			wrong.Add("prices", "creators.error.format")
			continue
		}
		if amount == "" {
			continue
		}
		m, err := models.ParseMoney(amount, f.Currency)
		switch {
		case errors.Is(err, models.ErrOtherCurrency):
			wrong.Add(field, "creators.error.currency")
		case errors.Is(err, models.ErrTooManyDecimals):
			wrong.Add(field, "creators.error.decimals", "decimals", models.CurrencyDecimals(f.Currency), "currency", f.Currency)
		case errors.Is(err, models.ErrAmountTooLarge):
			wrong.Add(field, "creators.error.amount_large")
		case err != nil || m.IsZero():
			wrong.Add(field, "creators.error.amount")
		default:
			all = append(all, StartingPrice{Format: f.Format, Minor: m.Minor, Currency: m.Currency})
		}
	}
	return all
}
