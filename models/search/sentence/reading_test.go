package sentence_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tribemarket/models/creators"
	"tribemarket/models/search"
	"tribemarket/models/search/sentence"
)

func catalogue(t testing.TB) *creators.TribeCatalogue {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// readingOf is what a text is understood as: the query of its filters, and after a bar what
// is not understood. Words that are no sentence begin with a question mark.
func readingOf(t testing.TB, c *creators.TribeCatalogue, said string) string {
	t.Helper()
	r := sentence.Read(said, c)
	got := r.AddTo(search.Filter{}).Values().Encode()
	if len(r.NotUnderstood) > 0 {
		got += "|" + strings.Join(r.NotUnderstood, "; ")
	}
	if !r.IsSentence() {
		got = "?" + got
	}
	return got
}

func TestReadSentences(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	const asked = "country=FR&engagement_min=5&followers_max=50000&price_max=300&tribe=beautytok"
	for said, want := range map[string]string{
		"beauty creators in France under 50k, engagement over 5 %, video below 300 euros":                               asked,
		"beauty creators in France under 50k, engagement over 5 %, video below 300 euros, vegan":                        asked + "|vegan",
		"Des créateurs beauté en France de moins de 50k abonnés, engagement de plus de 5 %, vidéo à moins de 300 €":     asked,
		"créatrices beauté françaises, jusqu’à 50 000 abonnés, au moins 5\u202f% d’engagement, 300 € maximum par vidéo": asked,
		"beautycreators in Frankrijk met minder dan 50k volgers, betrokkenheid boven 5%, video onder € 300":             asked,
		"Franse beauty-creators, hoogstens 50.000 volgers, betrokkenheid minstens 5 procent, goedkoper dan 300 euro":    asked,
		"who: makeup, where: France, followers < 50k, engagement ≥ 5%, €300 or less":                                    asked + "|where",
		"skincare creators in Belgium and the Netherlands with more than 10k followers":                                 "country=BE&country=NL&followers_min=10000&tribe=skintok",
		"between 10k and 50k followers":                     "followers_max=50000&followers_min=10000",
		"10-50k followers, BookTok":                         "followers_max=50000&followers_min=10000&tribe=booktok",
		"from 10 000 to 50 000 followers in Germany":        "country=DE&followers_max=50000&followers_min=10000",
		"entre 10k et 50k abonnés":                          "followers_max=50000&followers_min=10000",
		"tussen 10k en 50k volgers":                         "followers_max=50000&followers_min=10000",
		"influenceurs voyage avec au moins 1,5 M d’abonnés": "followers_min=1500000&tribe=traveltok",
		"plus de 20 mille abonnés":                          "followers_min=20000",
		"1.234 followers":                                   "followers_min=1234",
		"100k+ on twitch":                                   "followers_min=100000&platform=twitch",
		"under 50k engagement over 5 %":                     "engagement_min=5&followers_max=50000",
		"more than 50k followers over 5 % engagement":       "engagement_min=5&followers_min=50000",
		"3,5 % engagement or more":                          "engagement_min=3.5",
		"French-speaking food creators on YouTube":          "language=fr&platform=youtube&tribe=foodtok",
		"creators speaking French and Dutch":                "language=fr&language=nl",
		"des créateurs en français au Québec":               "language=fr&region=CA-QC",
		"créateurs francophones":                            "language=fr",
		"Nederlandstalige makers in België":                 "country=BE&language=nl",
		"K-pop in Korea":                                    "country=KR&tribe=kpoptok",
		"gaming streamers from the United States":           "country=US&tribe=gametok",
		"makeup, Bretagne":                                  "region=FR-BRE&tribe=beautytok",
		"story à moins de 150 €":                            "format=story&price_max=150",
		"vidéo entre 100 et 300 euros":                      "price_max=300&price_min=100",
		"300 euros per video":                               "price_max=300",
		"live under £200":                                   "currency=GBP&format=live&price_max=200",
		"$1.5k or less for a story":                         "currency=USD&format=story&price_max=1500",
		"budget 500 €":                                      "price_max=500",
		"tutorials and unboxing":                            "type=tutorial&type=unboxing",
		"answers within 3 days, verified":                   "responds=72&verified=1",
		"répond sous 48 h, chiffres vérifiés":               "responds=24&verified=1",
		"antwoordt binnen een week, geverifieerde cijfers":  "responds=168&verified=1",
		"posted in the last 7 days":                         "posted=7",
		"publié ce mois":                                    "posted=30",
		"growing over 5 % in 90 days":                       "growth90_min=5",
		"croissance supérieure à 2 %":                       "growth_min=2",
		"plus de 10 publications par mois":                  "posts_min=10",
		"median views over 20k, vues moyennes plus de 5k":   "mean_views_min=5000&views_min=20000",
		"audience in France over 40 %":                      "audience_country=FR&audience_country_min=40",
		"public féminin 18-24 en Belgique":                  "audience_age=18-24&audience_country=BE&audience_gender=female",
		"creators with over 50k followers in France":        "country=FR&followers_min=50000",

		// What is not wanted, what cannot be true at once and what no filter knows is not guessed.
		"beauty creators, not in France, under 50k":         "followers_max=50000&tribe=beautytok|not in France",
		"créateurs beauté sans engagement, pas en Belgique": "tribe=beautytok|sans engagement; pas en Belgique",
		"beautycreators behalve Nederland":                  "tribe=beautytok|behalve Nederland",
		"no more than 50k followers, pas moins de 5 %":      "engagement_min=5&followers_max=50000",
		"video 300 euros, story 100 euros":                  "price_max=300|story 100 euros",
		"beauty creators over 30, aged 18-24":               "tribe=beautytok|over 30; aged 18-24",
		"cheap beauty creators with high engagement":        "tribe=beautytok|cheap; high engagement",
		"beauty creators who answer within an hour":         "tribe=beautytok|who answer within an hour",
		"@lea.cuisine in France":                            "country=FR|@lea.cuisine",

		// Names stay names, also where a part of them is a filter's word.
		"Paris Martin":    "?|Paris Martin",
		"France Gall":     "?country=FR|Gall",
		"Lea Cuisine":     "?tribe=foodtok|Lea",
		"lea.cuisine":     "?|lea.cuisine",
		"@beauty":         "?|@beauty",
		"vegan":           "?|vegan",
		"Maker 001":       "?|001",
		"beauty":          "?tribe=beautytok",
		"the Netherlands": "?country=NL",
		"50k":             "?|50k",
		"beauty France":   "country=FR&tribe=beautytok",
		"":                "?", "%": "?", "*": "?", "😀": "?", "créateurs": "?",
	} {
		if got := readingOf(t, c, said); got != want {
			t.Errorf("%q is\n%s, want\n%s", said, got, want)
		}
	}
}

// Every tribe is known by its names in three languages.
func TestReadTribeNames(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	for _, tribe := range c.VisibleTribes() {
		names := []string{tribe.Display, tribe.Slug}
		for _, name := range tribe.Names {
			names = append(names, name)
		}
		for _, name := range names {
			if name == "Dans" || name == "Wonen" {
				continue // also common words
			}
			if got := readingOf(t, c, name+" creators"); !strings.Contains("&"+got+"&", "&tribe="+tribe.Slug+"&") {
				t.Errorf("%s of %s is %s", name, tribe.Slug, got)
			}
		}
	}
}

// The parts of a sentence mean the same in any order and any of three languages.
func TestReadPartsInAnyOrder(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	parts := map[string][]string{
		"tribe=booktok":       {"books", "BookTok", "livres", "boeken"},
		"country=ES":          {"in Spain", "en Espagne", "in Spanje", "espagnoles"},
		"language=it":         {"speaking Italian", "italophones", "parlant italien", "Italiaanstalig"},
		"platform=instagram":  {"on Instagram", "sur Instagram", "op insta"},
		"followers_min=20000": {"over 20k followers", "plus de 20 000 abonnés", "minstens 20k volgers", "20k+"},
		"engagement_min=4.5":  {"engagement over 4.5 %", "4,5 % d’engagement au moins", "betrokkenheid vanaf 4,5%"},
		"price_max=250":       {"video under 250 euros", "moins de 250 € la vidéo", "video tot 250 euro", "€250 max"},
		"joined=1":            {"answers here", "répond ici", "antwoordt hier"},
		"priced=1":            {"price known", "prix connu", "prijs bekend"},
		"verified=1":          {"verified", "chiffres vérifiés", "geverifieerd"},
		"responds=72":         {"answers within 3 days", "répond sous 3 jours", "antwoordt binnen 72 uur"},
		"growth_min=1":        {"growth above 1 %", "croissance d’au moins 1 %", "groei boven 1 %"},
		"audience_age=25-34":  {"audience aged 25-34", "public de 25 à 34 ans"},
	}
	keys := make([]string, 0, len(parts))
	for k := range parts {
		keys = append(keys, k)
	}
	rapid.Check(t, func(t *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(keys), 2, 6, rapid.ID).Draw(t, "parts")
		var said []string
		want := search.Filter{}
		for _, k := range chosen {
			said = append(said, rapid.SampledFrom(parts[k]).Draw(t, "words"))
			name, value, _ := strings.Cut(k, "=")
			want = want.With(name, value)
		}
		text := strings.Join(said, rapid.SampledFrom([]string{", ", "; ", " / "}).Draw(t, "between"))
		r := sentence.Read(text, c)
		if got := r.AddTo(search.Filter{}).Values().Encode(); got != want.Values().Encode() || !r.IsSentence() || len(r.NotUnderstood) > 0 {
			t.Fatalf("%q is %s, want %s; not understood: %q", text, got, want.Values().Encode(), r.NotUnderstood)
		}
	})
}

// A part whose filter was taken away leaves the sentence.
func TestKeptIn(t *testing.T) {
	t.Parallel()
	r := sentence.Read("beauty creators in France under 50k, engagement over 5 %, video below 300 euros, vegan", catalogue(t))
	all := r.AddTo(search.Filter{Words: "x"})
	for drop, want := range map[string]string{
		"":           r.Text,
		"country":    "beauty creators under 50k, engagement over 5 %, video below 300 euros, vegan",
		"engagement": "beauty creators in France under 50k, video below 300 euros, vegan",
		"tribe":      "creators in France under 50k, engagement over 5 %, video below 300 euros, vegan",
	} {
		if got := r.KeptIn(all.Without(drop, "")); got != want {
			t.Errorf("without %s it is %q", drop, got)
		}
	}
	if rest := r.RemoveFrom(all.With("country", "BE")).Values().Encode(); rest != "country=BE&q=x" {
		t.Errorf("what it does not ask for is %s", rest)
	}
}

// invariants checks what is true of the reading of any text.
func invariants(t interface{ Errorf(string, ...any) }, c *creators.TribeCatalogue, said string) {
	r := sentence.Read(said, c)
	filter := r.AddTo(search.Filter{})
	if kept := r.KeptIn(filter); kept != r.Text || !utf8.ValidString(kept) {
		t.Errorf("%q is kept as %q", r.Text, kept)
	}
	if rest := r.RemoveFrom(filter).Values().Encode(); rest != "" {
		t.Errorf("%q leaves %s", r.Text, rest)
	}
	_, notices := search.ParseFilter(filter.Values(), c)
	for _, n := range notices {
		if n.Key != "creators.notice.floor" && n.Key != "creators.notice.swapped" && n.Key != "creators.notice.region" {
			t.Errorf("%q becomes %s, which is wrong: %v", r.Text, filter.Values().Encode(), n)
		}
	}
	if r.IsSentence() && len(filter.AppliedFilters()) == 0 {
		t.Errorf("%q is a sentence without filters", r.Text)
	}
}

// Words of sentences in any order, and any text at all, are read without harm.
func TestReadAnyText(t *testing.T) {
	t.Parallel()
	c := catalogue(t)
	words := strings.Split("beauty|creators|in|France|not|under|over|between|and|to|-|10|50k|5|%|€|300|euros|video|story|followers|engagement|audience|18|24|65|+|women|speaking|French|within|answers|24 h|posted|month|growth|90 days|or more|max|,|.|#|@x|vegan|1,5 M|999999999999|tot|van|de|pas|verified|price known|\x00|\xff|😀|é", "|")
	rapid.Check(t, func(t *rapid.T) {
		invariants(t, c, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 14).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", " "}).Draw(t, "between")))
		invariants(t, c, rapid.String().Draw(t, "text"))
	})
}

func FuzzRead(f *testing.F) {
	c := catalogue(f)
	for _, said := range []string{"beauty creators in France under 50k", "10-50k €", "not not 5 %", "audience 65+ %", "video <= $1,5 M", "\xff\xfe１２３ % İ 🇫🇷", "5'5", "10 300 over", "9999999999999999999k followers"} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) { invariants(t, c, said) })
}

func BenchmarkRead(b *testing.B) {
	c := catalogue(b)
	for b.Loop() {
		sentence.Read("beauty creators in France under 50k, engagement over 5 %, video below 300 euros, vegan", c)
	}
}
