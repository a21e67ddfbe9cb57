package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/content"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
	"tribemarket/models/workflow/run"
)

// pastBrand is a brand with which members have worked; nobody signs in for it. What it
// has them show is named in the three languages.
type pastBrand struct {
	name, domain, country, locale, member, category, sign string
	products                                              map[string][]string
}

var pastBrands = []pastBrand{
	{"Petit Savon", "petitsavon.example", "FR", "fr", "Élise Savon", "beauty", "sign-soap", map[string][]string{
		"en": {"Solid soap, one month", "A bathroom without plastic"}, "fr": {"Savon solide, un mois", "Une salle de bains sans plastique"}, "nl": {"Vaste zeep, een maand lang", "Een badkamer zonder plastic"}}},
	{"Lumen Soin", "lumensoin.example", "BE", "fr", "Noé Lumen", "beauty", "sign-moon", map[string][]string{
		"en": {"Night serum, tried for two weeks", "Three steps, five minutes"}, "fr": {"Sérum de nuit, testé deux semaines", "Trois gestes, cinq minutes"}, "nl": {"Nachtserum, twee weken getest", "Drie stappen, vijf minuten"}}},
	{"Ferme du Tilleul", "fermetilleul.example", "FR", "fr", "Basile Tilleul", "food", "sign-leaf", map[string][]string{
		"en": {"A basket from the farm", "Dinner from one pot"}, "fr": {"Un panier de la ferme", "Le dîner dans une cocotte"}, "nl": {"Een mand van de boerderij", "Avondeten uit één pan"}}},
	{"Deeg & Co", "deegenco.example", "NL", "nl", "Wieke Deeg", "food", "", map[string][]string{
		"en": {"Bread that anyone can bake", "Flour, water, salt"}, "fr": {"Un pain que chacun réussit", "Farine, eau, sel"}, "nl": {"Brood dat iedereen kan bakken", "Meel, water, zout"}}},
	{"Otori", "otori.example", "GB", "en", "Imani Otori", "tech", "sign-bars", map[string][]string{
		"en": {"A keyboard for a decade", "Desk in order"}, "fr": {"Un clavier pour dix ans", "Bureau rangé"}, "nl": {"Een toetsenbord voor tien jaar", "Bureau op orde"}}},
	{"Tazor", "tazor.example", "NL", "nl", "Tygo Tazor", "fashion", "sign-diamond", map[string][]string{
		"en": {"A sneaker that can be resoled", "Seven days, one jacket"}, "fr": {"Une basket qui se ressemelle", "Sept jours, une veste"}, "nl": {"Een sneaker met nieuwe zool", "Zeven dagen, één jas"}}},
	{"Brumelle", "brumelle.example", "BE", "fr", "Anouk Brumelle", "home", "sign-pot", map[string][]string{
		"en": {"A small flat, well lit", "Plants by the window"}, "fr": {"Un petit appartement bien éclairé", "Des plantes près de la fenêtre"}, "nl": {"Een kleine flat, goed verlicht", "Planten bij het raam"}}},
	{"Wrenfield Press", "wrenfield.example", "GB", "en", "Blythe Wrenfield", "culture", "", map[string][]string{
		"en": {"Five books for the winter", "Reading before sleep"}, "fr": {"Cinq livres pour l’hiver", "Lire avant de dormir"}, "nl": {"Vijf boeken voor de winter", "Lezen voor het slapen"}}},
	{"Veldloper", "veldloper.example", "BE", "nl", "Mees Veldloper", "sport", "", map[string][]string{
		"en": {"Ten minutes a day", "The first five kilometres"}, "fr": {"Dix minutes par jour", "Les cinq premiers kilomètres"}, "nl": {"Tien minuten per dag", "De eerste vijf kilometer"}}},
	{"Marlo & Kit", "marlokit.example", "GB", "en", "Kit Marlo", "travel", "", map[string][]string{
		"en": {"One bag, four days", "By night train"}, "fr": {"Un sac, quatre jours", "En train de nuit"}, "nl": {"Eén tas, vier dagen", "Met de nachttrein"}}},
	{"Drakenspel", "drakenspel.example", "NL", "nl", "Joost Draken", "games", "", map[string][]string{
		"en": {"An evening game for two", "First look, no spoilers"}, "fr": {"Un jeu du soir à deux", "Premier regard, sans divulgâcher"}, "nl": {"Een avondspel voor twee", "Eerste blik, zonder spoilers"}}},
	{"Moustache & Fils", "moustachefils.example", "FR", "fr", "Ilan Moustache", "pets", "", map[string][]string{
		"en": {"A bowl that stays put", "A week with an old dog"}, "fr": {"Une gamelle qui ne bouge pas", "Une semaine avec un vieux chien"}, "nl": {"Een bak die blijft staan", "Een week met een oude hond"}}},
}

// categoriesOfTribes are what brands of a tribe mostly sell; others sell anything.
var categoriesOfTribes = map[string]string{
	"beautytok": "beauty", "skintok": "beauty", "hairtok": "beauty", "nailtok": "beauty", "cosplaytok": "beauty", "wellnesstok": "beauty", "foodtok": "food", "parenttok": "food",
	"techtok": "tech", "edittok": "tech", "phototok": "tech", "musictok": "tech", "sciencetok": "tech", "fashiontok": "fashion", "dancetok": "fashion", "kpoptok": "fashion",
	"hometok": "home", "planttok": "home", "diytok": "home", "crafttok": "home", "arttok": "home", "booktok": "culture", "learntok": "culture", "filmtok": "culture",
	"fittok": "sport", "sporttok": "sport", "footballtok": "sport", "skatetok": "sport", "outdoortok": "travel", "traveltok": "travel", "coupletok": "travel", "cartok": "travel",
	"gametok": "games", "animetok": "games", "toytok": "games", "comedytok": "games", "pettok": "pets",
}

func (b pastBrand) form() accounts.SignUpForm {
	return accounts.SignUpForm{
		Brand: accounts.BrandForm{Name: b.name, Site: "https://" + b.domain, Country: b.country, Sells: b.products[b.locale][0]},
		Name:  b.member, Email: "partnerships@" + b.domain, Locale: b.locale, Zone: zoneOfCountry[b.country],
	}
}

// addPastDeals gives every member a past: proposals that they answered, and deals that
// they carried out.
func (m *worldMaker) addPastDeals(ctx context.Context, _ *World) error {
	m.clock.setTime(m.now.AddDate(0, 0, -joinedDaysAgo))
	var forms []accounts.SignUpForm
	for _, b := range pastBrands {
		forms = append(forms, b.form())
	}
	actors, err := m.app.Accounts.AddBrands(ctx, forms)
	if err != nil {
		return err
	}
	m.pastBrands = actors
	m.clock.setTime(m.now)
	var all []negotiation.PastDeal
	for _, x := range m.members {
		answered := 3 + x.number%3
		for k := range answered {
			all = append(all, m.pastDeal(x, k))
		}
		if x.number%4 == 1 { // who does not answer everybody
			missed := m.pastDeal(x, answered)
			missed.AnsweredAt, missed.Refusal = time.Time{}, ""
			all = append(all, missed)
		}
	}
	return m.app.Negotiations.AddPastDeals(ctx, all)
}

// pastBrandOf chooses the brand of a member's kth past deal: those of the tribe's trade
// come first.
func pastBrandOf(p person, k int) int {
	wanted := cmp.Or(categoriesOfTribes[p.tribes[0].Slug], "home")
	order := make([]int, len(pastBrands))
	for i := range order {
		order[i] = (i + p.number) % len(pastBrands)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(btoi(pastBrands[a].category != wanted), btoi(pastBrands[b].category != wanted))
	})
	return order[k%len(order)]
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// answerTimes are how long members typically take to answer.
var answerTimes = []time.Duration{25 * time.Minute, 3 * time.Hour, 50 * time.Minute, 9 * time.Hour, 26 * time.Hour, 5 * time.Hour, 47 * time.Hour}

func (m *worldMaker) pastDeal(x member, k int) negotiation.PastDeal {
	at := pastBrandOf(x.person, k)
	b, locale, n := pastBrands[at], localeOf(x.person), x.number+k
	sent := m.now.Add(-time.Duration(94-15*k-x.number%9) * 24 * time.Hour).Add(-time.Duration(n%11) * time.Hour)
	takes := answerTimes[x.number%len(answerTimes)]
	day := 24 * time.Hour
	d := negotiation.PastDeal{
		Brand: m.pastBrands[at], Creator: x.actor, Names: run.Names{BrandName: b.name, CreatorName: x.name}, Member: b.member,
		Zones: deals.Zones{Zone: zoneOfCountry[x.place.country], BrandZone: zoneOfCountry[b.country]}, Handle: x.handle,
		SentAt: sent, AnsweredAt: sent.Add(takes + takes*time.Duration(n%5)/10),
	}
	item := terms.DeliverableForm{ContentType: content.Types()[n%4], Format: "video", Platform: x.platform, Count: "1", DueOn: models.DateOf(sent).AddDays(16).String()}
	if x.platform == platform.Twitch {
		item.Format = "live"
	}
	d.Form = negotiation.OfferForm{Message: proposalMessages[locale], ExpiresDays: "7", Form: terms.Form{
		Product: b.products[locale][n%2], Category: b.category, Deliverables: []terms.DeliverableForm{item},
		Fee: fmt.Sprint(roundPrice(startingPrice(x.person) * (1 + float64(n%4)/10))), Currency: currencyOfCountry(b.country),
		Rights: []terms.RightForm{{Channel: "social", Use: "organic", Days: "30"}}, Disclosure: terms.DefaultDisclosure(b.country, locale),
	}}
	if k > 0 && (n%3 == 0 || k > 3) {
		d.Refusal = refusals[locale][n%2]
		return d
	}
	d.DraftAt, d.ApprovedAt, d.PublishedAt, d.CompletedAt = sent.Add(6*day), sent.Add(8*day), sent.Add(9*day), sent.Add(12*day)
	d.Address = pastAddress(x.person, d.PublishedAt, k)
	return d
}

// pastAddress is where the kth past deal was published.
func pastAddress(p person, at time.Time, k int) string {
	n := uint16(p.number*8 + k)
	switch p.platform {
	case platform.TikTok:
		return "https://www.tiktok.com/@" + p.handle + "/video/" + platform.PostKeyAt(p.platform, at, n)
	case platform.Instagram:
		return "https://www.instagram.com/reel/" + platform.PostKeyAt(p.platform, at, n) + "/"
	case platform.YouTube:
		return fmt.Sprintf("https://www.youtube.com/watch?v=demo%07d", n)
	}
	return ""
}
