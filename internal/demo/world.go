package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/pquerna/otp/totp"

	"tribemarket/internal/app"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// Options say how large the world is. The same seed makes the same creators.
type Options struct {
	Creators int
	Seed     uint64
	Progress func(what string, done, total int64)
}

// maxCreatorsWithPosts is how many creators are imported with posts; the others come from
// a creator list.
const maxCreatorsWithPosts = 10_000

// MaxCreators is the maximum number of creators in a world.
const MaxCreators = 1_000_000

// Password is the password of every brand member in a demo.
const Password = "a demo needs no secret"

// World is what people need to look around. It is stored as demo.json in the demo's
// folder, so that a second start shows the same world.
type World struct {
	MadeAt   time.Time       `json:"made_at"`
	Seed     uint64          `json:"seed"`
	Creators int             `json:"creators"`
	Brands   []BrandSignIn   `json:"brands"`
	People   []CreatorSignIn `json:"people"`
	Admin    AdminSignIn     `json:"admin"`

	URL     string `json:"url"`     // of the site, since the last start
	Sandbox string `json:"sandbox"` // of the stand-in for the platforms
}

// BrandSignIn is how a brand member signs in.
type BrandSignIn struct {
	Brand    string `json:"brand"`
	Email    string `json:"email"`
	Password string `json:"password"`
	Note     string `json:"note,omitempty"`
}

// CreatorSignIn is how a creator signs in: the account to choose in the sandbox.
type CreatorSignIn struct {
	Handle string `json:"handle"`
	OpenID string `json:"open_id"`
	Path   string `json:"path"` // of the creator's page; "" before joining
	Note   string `json:"note"`

	Followers int64  `json:"followers"`
	Locale    string `json:"locale"` // of what they read
}

const worldFile = "demo.json"

// LoadWorld reads the world of a folder; ok is false when there is none yet.
func LoadWorld(dir string) (w World, ok bool, err error) {
	b, err := os.ReadFile(filepath.Join(dir, worldFile)) //nolint:gosec // the demo's own folder
	if os.IsNotExist(err) {
		return w, false, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &w)
	}
	return w, err == nil, err
}

// Save stores the world in a folder, completely or not at all.
func (w World) Save(dir string) error {
	b, err := json.MarshalIndent(w, "", "\t")
	if err != nil {
		return err
	}
	tmp := filepath.Join(dir, worldFile+".part")
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	if err := os.Rename(tmp, filepath.Join(dir, worldFile)); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, unfinishedMark)); err != nil && !os.IsNotExist(err) {
		return err
	}
	return nil
}

// unfinishedMark is a file that stands in the folder while its world is being made.
const unfinishedMark = "demo.unfinished"

// BeginWorld marks the folder as one whose world is not finished, until Save. What a run
// that was stopped before that has left in the database's file is removed.
func BeginWorld(dir, database string) error {
	mark := filepath.Join(dir, unfinishedMark)
	if _, err := os.Stat(mark); err == nil {
		for _, ending := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(filepath.Join(dir, database+ending)); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	return os.WriteFile(mark, nil, 0o600)
}

// SandboxAccounts are the accounts of the world's stand-in for the platforms.
func (w World) SandboxAccounts(catalogue *creators.TribeCatalogue) []sandbox.Account {
	return newGenerator(w.Seed, w.MadeAt, catalogue).sandboxAccounts()
}

// worldMaker creates a world.
type worldMaker struct {
	app       *app.App
	clock     *Clock
	generator *generator
	now       time.Time
	options   Options
	password  accounts.SharedPassword

	brands     []models.Actor
	pastBrands []models.Actor
	agent      models.Actor   // of the agency, for its client
	people     []models.Actor // the joined creators, by number
	ids        []string       // their public ids
	members    []member       // all who have joined
	steps      []storyStep
}

// MakeWorld fills an empty instance, whose clock must be the one given. Everything
// happens through the areas' verbs, at the time at which it would have happened.
func MakeWorld(ctx context.Context, a *app.App, clock *Clock, o Options) (World, error) {
	now := models.SystemClock()
	m := &worldMaker{app: a, clock: clock, generator: newGenerator(o.Seed, now, a.Creators.TribeCatalogue()), now: now, options: o, password: accounts.NewSharedPassword(ctx, Password)}
	defer clock.setTime(time.Time{})
	w := World{MadeAt: now, Seed: o.Seed, Creators: o.Creators}
	for _, do := range []func(context.Context, *World) error{m.importCreators, m.signUpBrands, m.foundAgency, m.addAdmin, m.joinCreators, m.addMembers, m.addPastDeals, m.showPictures, m.declareLimitsAndAudiences, m.indexCreators, m.planShortlists, m.playStories, m.refreshCreators, m.saveSearches, m.rankCreators} {
		if err := do(ctx, &w); err != nil {
			return w, fmt.Errorf("make the demo: %w", err)
		}
	}
	clock.setTime(time.Time{})
	if err := m.indexCreators(ctx, &w); err != nil {
		return w, fmt.Errorf("make the demo: %w", err)
	}
	return w, nil
}

// indexCreators brings the search index up to date; nothing follows changes yet.
func (m *worldMaker) indexCreators(ctx context.Context, _ *World) error {
	return m.app.Search.CatchUp(ctx)
}

// importCreators imports the unclaimed profiles: where they live and what they speak from
// lists, their figures from per-video statistics. Those of later members were imported
// before they joined.
func (m *worldMaker) importCreators(ctx context.Context, _ *World) error {
	some := min(m.options.Creators, maxCreatorsWithPosts)
	run := func(what string, daysAgo int, file imports.File, listed bool) error {
		m.clock.setTime(m.now.AddDate(0, 0, -daysAgo))
		o := imports.Options{OnProgress: func(done, total int64) { m.options.Progress(what, done, total) }}
		if listed {
			o.AsOf = models.DateOf(m.clock.Now())
		}
		_, err := m.app.Imports.ImportFiles(ctx, []imports.File{file}, o)
		return err
	}
	joins := func(number int) bool { return number < JoinedCreators || isMember(number) }
	rest := func(number int) bool { return !joins(number) }
	if err := run("creators", joinedDaysAgo+10, m.generator.creatorListFile("creators.csv", 0, some, joins), true); err != nil {
		return err
	}
	if err := run("more creators", 9, m.generator.creatorListFile("more-creators.csv", 0, m.options.Creators, rest), true); err != nil {
		return err
	}
	return run("posts", 0, m.generator.videoStatisticsFile("posts.csv", JoinedCreators, some), false)
}

func (m *worldMaker) signUpBrands(ctx context.Context, w *World) error {
	m.clock.setTime(m.now.AddDate(0, 0, -61))
	for _, b := range demoBrands {
		form := accounts.SignUpForm{
			Brand: accounts.BrandForm{Name: b.name, Site: "https://" + b.domain, Country: b.country, Sells: b.sells},
			Name:  b.member, Email: b.email(), Locale: b.locale, Zone: b.zone,
		}
		actor, err := m.app.Accounts.SignUpWithSharedPassword(ctx, form, m.password)
		if err != nil {
			return err
		}
		if err := m.app.Accounts.ConfirmEmailWithoutLink(ctx, actor.PersonID, form.Email); err != nil {
			return err
		}
		m.brands = append(m.brands, actor)
		w.Brands = append(w.Brands, BrandSignIn{Brand: b.name, Email: form.Email, Password: Password})
	}
	return nil
}

// AdminSignIn is how the administrator signs in, including the second factor.
type AdminSignIn struct {
	BrandSignIn
	Secret   string   `json:"totp_secret"`    // in base32, for an authenticator app
	Recovery []string `json:"recovery_codes"` // each works once
}

// adminEmail is the address of the invented administrator, who belongs to no brand of the
// stories.
const adminEmail = "administration@market.example"

// addAdmin creates an administrator, as the command does, who then sets a password by the
// link and turns on a second factor.
func (m *worldMaker) addAdmin(ctx context.Context, w *World) error {
	secret, err := m.app.Accounts.AddAdmin(ctx, adminEmail)
	if err != nil {
		return err
	}
	who, err := m.app.Accounts.ResetPassword(ctx, secret, Password)
	if err != nil {
		return err
	}
	admin := models.Actor{PersonID: who, Admin: true}
	if err := m.app.Accounts.BeginTOTPEnrolment(ctx, admin); err != nil {
		return err
	}
	begun, err := m.app.Accounts.PendingTOTPEnrolment(ctx, admin, m.app.Setup.Current().Name, adminEmail)
	if err != nil {
		return err
	}
	code, err := totp.GenerateCode(begun.Secret, m.clock.Now())
	if err != nil {
		return err
	}
	w.Admin = AdminSignIn{BrandSignIn: BrandSignIn{Brand: "Administration", Email: adminEmail, Password: Password}, Secret: begun.Secret}
	w.Admin.Recovery, err = m.app.Accounts.ConfirmTOTPEnrolment(ctx, admin, code, "")
	return err
}

// joinCreators signs in the first creators, who claim their imported profiles.
func (m *worldMaker) joinCreators(ctx context.Context, w *World) error {
	m.clock.setTime(m.now.AddDate(0, 0, -joinedDaysAgo))
	for i := range min(JoinedCreators, m.options.Creators) {
		a := m.generator.sandboxAccount(i)
		a.Followers = followersInThePast(a.Followers, i, joinedDaysAgo)
		joined, err := m.app.Creators.SignInWithPlatform(ctx, platform.TikTok, profileAsRead(a, m.clock.Now()), creators.PlatformToken{}, localeOf(m.generator.makePerson(i, 0)))
		if err != nil {
			return err
		}
		if i%5 != 4 { // some have not confirmed an address
			if err := m.app.Accounts.ConfirmEmailWithoutLink(ctx, joined.Actor.PersonID, a.Username+"@creators.example"); err != nil {
				return err
			}
		}
		if err := m.app.Creators.EditProfile(ctx, joined.Actor, m.profileForm(i)); err != nil {
			return err
		}
		m.people = append(m.people, joined.Actor)
		m.ids = append(m.ids, joined.Creator.PublicID)
		m.members = append(m.members, member{m.generator.makePerson(i, 0), joined.Actor, joined.Creator.PublicID})
		w.People = append(w.People, CreatorSignIn{Handle: a.Username, OpenID: a.OpenID, Path: "/c/" + joined.Creator.PublicID, Followers: m.members[i].followers, Locale: joined.Actor.Locale})
	}
	for _, a := range []string{"almost.sandbox", "penne.sandbox"} {
		for _, s := range m.generator.sandboxAccounts() {
			if s.Username == a && s.Platform == platform.TikTok {
				w.People = append(w.People, CreatorSignIn{Handle: a, OpenID: s.OpenID, Note: "has not joined yet"})
			}
		}
	}
	return nil
}

// refreshCreators signs them in again, now, with today's figures.
func (m *worldMaker) refreshCreators(ctx context.Context, _ *World) error {
	m.clock.setTime(m.now)
	for i := range m.people {
		a := m.generator.sandboxAccount(i)
		if _, err := m.app.Creators.SignInWithPlatform(ctx, platform.TikTok, profileAsRead(a, m.now), creators.PlatformToken{}, ""); err != nil {
			return err
		}
	}
	return nil
}

func (m *worldMaker) profileForm(i int) creators.ProfileForm {
	return profileFormOf(m.generator.makePerson(i, 0))
}

func profileFormOf(p person) creators.ProfileForm {
	video := startingPrice(p)
	price := func(format string, share float64) creators.StartingPriceForm {
		return creators.StartingPriceForm{Format: format, Amount: fmt.Sprint(roundPrice(video * share)), Currency: currencyOfCountry(p.place.country)}
	}
	f := creators.ProfileForm{
		Name: p.name, Bio: bioOf(p), Country: p.place.country, Region: drawRegion(p, p.number), Zone: zoneOfCountry[p.place.country],
		Languages: []string{languageCodes[p.place.language]}, ContentTypes: []string{"tutorial", "review"},
		Prices: []creators.StartingPriceForm{price("video", 1), price("live", 1.6), price("story", 0.4)},
		AddOns: map[creators.AddOn]string{creators.AddOnRights: "20", creators.AddOnWhitelisting: "15", creators.AddOnExclusivity: "15", creators.AddOnRush: "25"},
	}
	if p.number%2 == 0 {
		f.ContentTypes = append(f.ContentTypes, "unboxing", "challenge")
	}
	if f.Languages[0] != "en" {
		f.Languages = append(f.Languages, "en")
	}
	for _, t := range p.tribes {
		f.Tribes = append(f.Tribes, t.Slug)
	}
	return f
}

// startingPrice is what a video costs at least: seven for a thousand followers, which is
// the middle of the fees that are published for each tier (sponsorrate-com.pages.dev), and
// up to a third more or less.
func startingPrice(p person) float64 {
	return float64(p.followers) / 1000 * 7 * (0.7 + float64(p.number*37%61)/100)
}

// roundPrice rounds as people do who name a price.
func roundPrice(x float64) int64 {
	step := 5.0
	switch {
	case x >= 1_000:
		step = 50
	case x >= 200:
		step = 10
	}
	return max(int64(math.Round(x/step)*step), 25)
}

var (
	zoneOfCountry = map[string]string{"FR": "Europe/Paris", "BE": "Europe/Brussels", "NL": "Europe/Amsterdam", "GB": "Europe/London", "DE": "Europe/Berlin", "ES": "Europe/Madrid", "IT": "Europe/Rome", "US": "America/New_York", "CH": "Europe/Zurich", "CA": "America/Toronto"}
	languageCodes = map[string]string{"French": "fr", "Dutch": "nl", "English": "en", "German": "de", "Spanish": "es", "Italian": "it"}
)

// regionsOfPlace are some regions of each country, by ISO 3166-2; in Belgium those where
// the language is spoken.
var regionsOfPlace = map[string][]string{
	"FR French": {"FR-IDF", "FR-ARA", "FR-OCC", "FR-NAQ"}, "BE French": {"BE-WAL", "BE-BRU"}, "BE Dutch": {"BE-VLG", "BE-BRU"},
	"NL Dutch": {"NL-NH", "NL-ZH", "NL-UT"}, "GB English": {"GB-ENG", "GB-SCT"},
}

// drawRegion draws the region in which the creator lives; some do not give one.
func drawRegion(p person, i int) string {
	all := regionsOfPlace[p.place.country+" "+p.place.language]
	if len(all) == 0 || i%7 == 6 {
		return ""
	}
	return all[i/5%len(all)]
}

func currencyOfCountry(country string) string {
	switch country {
	case "GB":
		return "GBP"
	case "US":
		return "USD"
	}
	return "EUR"
}

func localeOf(p person) string {
	switch p.place.language {
	case "French":
		return "fr"
	case "Dutch":
		return "nl"
	}
	return "en"
}
