package demo

import (
	"context"
	"fmt"
	"time"

	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
)

// pitchStory is a pitch of a creator to a brand, in the creator's language, and what became
// of it.
type pitchStory struct {
	creator, brand  int
	product         string
	about, audience string
	idea            string
	fee             string
	due             int // days from now
	sentDaysAgo     float64
	answer          negotiation.Action // of the brand, a day later; "" leaves it open
	works           int
}

var pitchStories = []pitchStory{
	{
		creator: 10, brand: 0, product: "Un mois de restes", fee: "360", due: 20, sentDaysAgo: 1.2, works: 3,
		about:    "Je filme ce qui se fait avec les mains\u202f: le maquillage le matin, la cuisine le soir.\nTout ce que je montre, je l’utilise.",
		audience: "Des gens qui rentrent tard et cuisinent quand même. On me demande surtout quelle poêle j’utilise.",
		idea:     "Bonjour, voici mon idée\u202f: quatre dîners avec les restes de la veille, dans une seule poêle, sans coupe quand elle chauffe.",
	},
	{
		creator: 6, brand: 0, product: "La poêle de ma grand-mère", fee: "290", due: 17, sentDaysAgo: 4.5, works: 2, answer: negotiation.ActionAccept,
		about:    "Je refais les gestes de ma famille, devant le miroir comme devant la poêle.",
		audience: "Beaucoup de jeunes qui quittent la maison, et leurs parents.",
		idea:     "Bonjour, voici mon idée\u202f: remettre en état une vieille poêle en fonte, puis y cuire des crêpes.",
	},
	{
		creator: 3, brand: 3, product: "Schrijven voor het slapen", fee: "220", due: 15, sentDaysAgo: 9, works: 2, answer: negotiation.ActionDecline,
		about:    "Ik film mijn avonden zonder scherm.",
		audience: "Mensen die slecht slapen en iets rustigs zoeken.",
		idea:     "Hallo, dit is mijn idee: zeven avonden met één notitieboek, en wat er na een week in staat.",
	},
	{
		creator: 9, brand: 4, product: "Moving house by bike", fee: "540", due: 26, sentDaysAgo: 2.1, works: 2,
		about:    "I live in the middle of a city and have no car.\nI film what that is like, rain included.",
		audience: "Commuters between 25 and 40 who think about selling their car.",
		idea:     "Hello, here is my idea: one flat, one bicycle, two days: what fits on it and what does not.",
	},
	{
		creator: 14, brand: 2, product: "Mending day", fee: "450", due: 19, sentDaysAgo: 16, answer: negotiation.ActionExpire,
		about:    "I repair what others throw away and say what it cost.",
		audience: "People with a screwdriver and too little courage.",
		idea:     "Hello, here is my idea: open a pair of headphones on camera, change the pads, put it together again.",
	},
}

// doorStories are whose pitches brands take; the others take everybody's.
var doorStories = map[int]negotiation.DoorForm{
	1: {Tribes: []string{"beautytok"}, Countries: []string{"BE", "NL"}, Followers: "20000"},
	2: {Followers: "15000"},
	3: {Closed: "yes"},
}

var pitchRefusal = map[string]string{
	"en": "A good idea, but our spring is planned already.", "fr": "Bonne idée, mais notre printemps est déjà prévu.", "nl": "Een goed idee, maar ons voorjaar is al gepland.",
}

// planPitches adds the steps of the pitches and of the doors.
func (m *worldMaker) planPitches() {
	for i, s := range pitchStories {
		if s.creator < len(m.people) {
			m.planPitch(i, s)
		}
	}
	for brand, door := range doorStories {
		m.addStep(0.2, func(ctx context.Context) error { return m.app.Negotiations.SetDoor(ctx, m.brands[brand], door) })
	}
}

func (m *worldMaker) planPitch(i int, s pitchStory) {
	creator, brand := m.people[s.creator], m.brands[s.brand]
	var sent string
	m.addStep(s.sentDaysAgo, func(ctx context.Context) error {
		if err := m.app.Accounts.ConfirmEmailWithoutLink(ctx, creator.PersonID, fmt.Sprintf("creator%d@mail.example", s.creator)); err != nil {
			return err
		}
		own, err := m.app.Accounts.OwnBrand(ctx, brand)
		if err != nil {
			return err
		}
		words := negotiation.PitchForm{About: s.about, Audience: s.audience}
		if words.Works, err = m.someWorks(ctx, creator, s.works); err != nil {
			return err
		}
		sent, err = m.app.Negotiations.Pitch(ctx, creator, own.PublicID, m.pitchForm(s, creator.Locale), words, fmt.Sprint("demo-pitch-", i))
		if err != nil {
			return fmt.Errorf("the pitch %q: %w", s.product, err)
		}
		return nil
	})
	switch s.answer {
	case negotiation.ActionAccept:
		m.addStep(s.sentDaysAgo-1, func(ctx context.Context) error {
			_, err := m.app.Negotiations.Accept(ctx, brand, sent, 1)
			return err
		})
	case negotiation.ActionDecline:
		m.addStep(s.sentDaysAgo-1, func(ctx context.Context) error {
			return m.app.Negotiations.Decline(ctx, brand, sent, 1, pitchRefusal[creator.Locale])
		})
	}
}

// someWorks are the first works of a creator.
func (m *worldMaker) someWorks(ctx context.Context, creator models.Actor, n int) ([]string, error) {
	own, err := m.app.Files.OwnPictures(ctx, creator)
	var all []string
	for _, p := range own {
		if p.Use == files.Work && len(all) < n {
			all = append(all, p.PublicID)
		}
	}
	return all, err
}

func (m *worldMaker) pitchForm(s pitchStory, locale string) negotiation.OfferForm {
	return negotiation.OfferForm{Message: s.idea, ExpiresDays: "7", Form: terms.Form{
		Product: s.product, Category: demoBrands[s.brand].category, Fee: s.fee, Currency: currencyOfCountry(demoBrands[s.brand].country),
		Rights: []terms.RightForm{{Channel: "social", Use: "organic", Days: "30"}}, Rounds: "2", Disclosure: terms.DefaultDisclosure(demoBrands[s.brand].country, locale),
		Deliverables: []terms.DeliverableForm{{ContentType: "tutorial", Format: "video", Platform: platform.TikTok, Count: "1", DueOn: models.DateOf(m.now.Add(24 * time.Hour)).AddDays(s.due).String()}},
	}}
}
