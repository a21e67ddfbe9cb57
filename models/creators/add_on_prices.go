package creators

import (
	"context"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// AddOn is something that creators are paid for beside the content.
type AddOn string

// The add-ons. All but the rush are priced for 30 days.
const (
	AddOnRights       AddOn = "rights"
	AddOnWhitelisting AddOn = "whitelisting"
	AddOnExclusivity  AddOn = "exclusivity"
	AddOnRush         AddOn = "rush"
)

// AddOns lists all add-ons in the order in which they are shown.
func AddOns() []AddOn {
	return []AddOn{AddOnRights, AddOnWhitelisting, AddOnExclusivity, AddOnRush}
}

// RushDays is in how many days from the offer something has to be due to be a rush.
const RushDays = 7

// maxAddOnPPM is the most that an add-on may cost: three times the content.
const maxAddOnPPM = 3_000_000

// AddOnPrices are a creator's prices of add-ons, in millionths of the content's price.
type AddOnPrices map[AddOn]int64

type addOnPriceRow struct {
	CreatorID int64 `gorm:"primaryKey"`
	AddOn     AddOn `gorm:"primaryKey"`
	PPM       int64 `gorm:"column:ppm"`
}

func (addOnPriceRow) TableName() string { return "creator_add_on_prices" }

// ReadPriced reads of a listed creator what their prices and expected views rest on, in one
// statement; the zero value of one who is not listed.
func (s *Store) ReadPriced(ctx context.Context, publicID string) (CreatorSummary, error) {
	var r struct {
		Creator Creator `gorm:"embedded;embeddedPrefix:c_"`
		Account Account `gorm:"embedded;embeddedPrefix:a_"`
		Listing Listing `gorm:"embedded;embeddedPrefix:l_"`
		AddOns  string
	}
	if err := s.db.Read(ctx).Raw("SELECT "+summaryColumns+", "+addOnsOf+" AS add_ons"+summaryTables+"c.public_id = ?", publicID).Scan(&r).Error; err != nil {
		return CreatorSummary{}, models.Internal("read a creator's prices", err)
	}
	b := CreatorSummary{Creator: r.Creator, Account: r.Account, Listing: r.Listing, Derived: s.MayDeriveFigures(r.Account.Platform), AddOns: AddOnPrices{}}
	for _, p := range strings.Fields(r.AddOns) {
		name, ppm, _ := strings.Cut(p, ":")
		b.AddOns[AddOn(name)], _ = strconv.ParseInt(ppm, 10, 64)
	}
	b.Prices = r.Listing.startingPrices()
	return b, nil
}

// addOnsOf are a creator's prices of add-ons as text: rights:200000 rush:250000.
var addOnsOf = func() string {
	var all []string
	for _, a := range AddOns() {
		all = append(all, "coalesce((SELECT '"+string(a)+":' || ppm || ' ' FROM creator_add_on_prices WHERE creator_id = c.id AND add_on = '"+string(a)+"'), '')")
	}
	return strings.Join(all, " || ")
}()

// startingPrices are the prices that a listing repeats, as the profile has them.
func (l Listing) startingPrices() []StartingPrice {
	var all []StartingPrice
	for _, p := range []struct {
		format   string
		minor    *int64
		currency *string
	}{{"video", l.PriceVideoMinor, l.PriceVideoCurrency}, {"live", l.PriceLiveMinor, l.PriceLiveCurrency}, {"story", l.PriceStoryMinor, l.PriceStoryCurrency}} {
		if p.minor != nil && p.currency != nil {
			all = append(all, StartingPrice{l.CreatorID, p.format, *p.minor, *p.currency})
		}
	}
	return all
}

// AddOnField is the name of the field of an add-on's price.
func AddOnField(a AddOn) string { return "add_on_" + string(a) }

// parseAddOns reads percentages as typed; an empty one is none.
func parseAddOns(wrong *models.Fields, typed map[AddOn]string) AddOnPrices {
	prices := AddOnPrices{}
	for _, a := range AddOns() {
		s := strings.TrimSpace(typed[a])
		if s == "" || s == "0" {
			continue
		}
		ppm, ok := text.ParsePercent(s)
		if !ok || ppm <= 0 || ppm > maxAddOnPPM {
			wrong.Add(AddOnField(a), "creators.error.add_on", "most", maxAddOnPPM/10_000)
			continue
		}
		prices[a] = ppm
	}
	return prices
}

// replaceAddOns replaces a creator's prices of add-ons.
func replaceAddOns(tx *db.Tx, creatorID int64, prices AddOnPrices) error {
	if err := tx.Where("creator_id = ?", creatorID).Delete(&addOnPriceRow{}).Error; err != nil {
		return err
	}
	rows := prices.rows(creatorID)
	if len(rows) == 0 {
		return nil
	}
	return tx.Create(&rows).Error
}

func (p AddOnPrices) rows(creatorID int64) []addOnPriceRow {
	var rows []addOnPriceRow
	for _, a := range AddOns() {
		if p[a] > 0 {
			rows = append(rows, addOnPriceRow{creatorID, a, p[a]})
		}
	}
	return rows
}
