package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tribemarket/internal/i18n"
	"tribemarket/internal/jobs"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/content"
	"tribemarket/models/contracts"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/discovery"
	"tribemarket/models/imports"
	"tribemarket/models/moderation"
	"tribemarket/models/negotiation"
	"tribemarket/models/notifications"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
	"tribemarket/models/search"
	"tribemarket/models/terms"
	"tribemarket/models/workflow"
)

// builtKeys are the keys that begin with one literal and end with something
// that the program looks up: a state, a platform, the name of a field.
type builtKeys struct {
	prefix  string
	endings []string
}

// builtKeyTable lists every key that does not stand as a whole in the code. A
// key that is neither here nor there is dead, and one that is here and not in
// the locale files is missing; TestEveryKeyIsReached finds both.
func builtKeyTable(t *testing.T) []builtKeys {
	s := readSources(t)
	sources := s.constants(t, "creators", "FigureSource")
	programmes := s.constants(t, "creators", "ProgrammeKey")
	purposes := s.constants(t, "privacy", "Purpose")
	sides := []models.Side{models.SideBrand, models.SideCreator}
	var heldActions []string
	for _, x := range slices.Concat(deals.HoldTable.Begin, deals.HoldTable.Transitions) {
		if action := string(x.Action) + "."; deals.HoldsTell(x.Action) && !slices.Contains(heldActions, action) {
			heldActions = append(heldActions, action)
		}
	}
	openHolds := slices.DeleteFunc(deals.HoldTable.States(), func(s deals.HoldState) bool { return !s.IsOpen() })
	noEngagement := append(s.known("creators.no_engagement."), "counts")
	return []builtKeys{
		{"art.alt.", s.known("art.alt.")},
		{"accounts.kind.", s.constants(t, "accounts", "BrandKind")},
		{"accounts.mail.", append(s.constants(t, "accounts", "NoticeKind"), trimmed("accounts.", accounts.SecurityNotices)...)},
		{"accounts.problem.", each(s.words("accounts.problem.", ".title", "handlers", "views"), ".title", ".text")},
		{"accounts.role.", each(models.Roles(), "", ".does")},
		{"accounts.way.", s.constants(t, "accounts", "SignInMethod")},

		{"contracts.clause.", contracts.ClausesOf(contracts.Laws())},
		{"contracts.law.", lawKeys()},
		{"contracts.total.why.", s.constants(t, "contracts", "Reason")},
		{"contracts.identity.", []string{"legal_name", "address", "email", "country", "registration", "vat"}},
		{"contracts.identity.legal_name.", each(sides, "")},
		{"contracts.", append(tableKeys(contracts.Table), "said.sign", "said.remind", "said.name", "said.decline", "said.propose", "said.withdraw")},
		{"contracts.closed.", each(without(contracts.Table.States(), contracts.Preparing, contracts.Ready, contracts.SignedByOne), "")},
		{"contracts.error.", each(contracts.Table.States(), "")},
		{"contracts.invalid.", []string{"authority", "adult", "agreed"}},
		{"contracts.mail.event.", notified(contracts.Table)},
		{"contracts.amendment.event.", amendmentSteps()},
		{"contracts.amendment.mail.", amendmentMails(sides)},
		{"contracts.mail.signed.", each(sides, "")},
		{"contracts.proof.", []string{string(accounts.MethodPassword), string(accounts.WayPasskey), string(accounts.WayOIDC), string(accounts.WayCode)}},
		{"contracts.state.", each(contracts.Table.States(), "")},
		{"contracts.turn.", each([]string{"identity", "sign"}, ".mine", ".theirs")},

		{"creators.audience.by.", each(creators.AudienceDimensions(), "")},
		{"creators.band.", []string{"within", "below", "above"}},
		{"creators.category.", content.Categories()},
		{"creators.connected.reason.", s.constants(t, "creators", "LossReason")},
		{"creators.connected.removal.", s.constants(t, "creators", "RemovalKind")},
		{"creators.count.", content.Formats()},
		{"creators.eligibility.condition.", s.words("creators.eligibility.condition.", "", "models")},
		{"creators.eligibility.mail.falls", []string{"_subject"}},
		{"creators.eligibility.mail.unlisted", []string{"_subject"}},
		{"creators.eligibility.missing.", s.words("creators.eligibility.missing.", "", "models")},
		{"creators.eligibility.outcome.", s.constants(t, "creators", "ConditionOutcome")},
		{"creators.error.", each([]string{"content_types", "languages", "tribes"}, "", "_many")},
		{"creators.form.", append(s.words("creators.form.", "", "views"), each(s.words("creators.form.", "_hint", "views"), "_hint")...)},
		{"creators.pictures.add.", []string{"portrait", "work"}},
		{"creators.pictures.added.", []string{"portrait", "work"}},
		{"creators.pictures.file.", []string{"portrait", "work"}},
		{"creators.pictures.move.", []string{"forward", "back"}},
		{"creators.form.add_on_", s.constants(t, "creators", "AddOn")},
		{"creators.form.seen.", s.constants(t, "creators", "TribeEvidence")},
		{"creators.format.", content.Formats()},
		{"creators.format_one.", content.Formats()},
		{"creators.gender.", creators.AudienceGenders()},
		{"creators.growth.none.", s.constants(t, "creators", "NoGrowthReason")},
		{"creators.known.", s.constants(t, "creators", "TribeEvidence")},
		{"creators.made.source.", sources},
		{"creators.mark.", creators.TribeMarks()},
		{"creators.no_posts.", sources},
		{"creators.none.", noEngagement},
		{"creators.notice.", s.words("creators.notice.", "", "models")},
		{"creators.picture.", sources},
		{"creators.programme.", each(programmes, "", "_text")},
		{"creators.programmes.", s.words("creators.programmes.", "", "views")},
		{"creators.programmes.note.", programmes},
		{"creators.signal.", signals(s, sources)},
		{"creators.source.declared", []string{"_old"}},
		{"creators.source.imported", []string{"_old"}},
		{"creators.source.verified", []string{"_old"}},
		{"creators.tier.", each(creators.Tiers(), "")},
		{"creators.tier_note.", each(creators.Tiers(), "")},
		{"creators.tribe.name_", each(i18n.Locales(), "")},
		{"creators.tribe.text_", each(i18n.Locales(), "")},
		{"creators.type.", content.Types()},
		{"creators.why.", noEngagement},

		{"deals.", tableKeys(deals.DeliverableTable)},
		{"deals.cycles.", append(tableKeys(deals.RepetitionTable), "said.give_notice")},
		{"deals.cycles.error.", each(deals.RepetitionTable.States(), "")},
		{"deals.content_type.", terms.ContentTypes()},
		{"deals.deal_state.", each(deals.DealStates(), "")},
		{"deals.empty.", s.constants(t, "deals", "DealStatus", "all")},
		{"deals.empty.text.", each(sides, "")},
		{"deals.format.", content.Formats()},
		{"deals.hold.", each(sides, prefixed("event.", heldActions)...)},
		{"deals.hold.mail.", each(sides, heldActions...)},
		{"deals.hold.own.", each([]deals.HoldState{deals.HoldRuns, deals.HoldLeaving}, "")},
		{"deals.hold.own.then.", each([]deals.HoldState{deals.HoldRuns, deals.HoldLeaving}, "")},
		{"deals.hold.then.", each(openHolds, "")},
		{"deals.hold.title.", each(openHolds, "")},
		{"deals.invalid.", s.words("deals.invalid.", "", "models")},
		{"deals.mail.due.", reminded(deals.DeliverableTable)},
		{"deals.mail.event.", append(notified(deals.DeliverableTable), notified(deals.RepetitionTable)...)},
		{"deals.mail.late.", each(sides, lateStates(deals.DeliverableTable)...)},
		{"deals.open.", []string{string(deals.ActionSubmitDraft), string(deals.ActionPublish)}},
		{"deals.piece.", each(content.Formats(), "", ".the", ".of")},
		{"deals.platform.", platform.Names()},
		{"deals.proof.", s.constants(t, "deals", "Proof")},
		{"deals.rules.then.", defaults(deals.DeliverableTable)},
		{"deals.side.", append(each(sides, ""), string(workflow.BothSides))},
		{"deals.stage.", each([]deals.DealState{deals.DealProduction, deals.DealPublication, deals.DealPublished, deals.DealCompleted}, "")},
		{"deals.state.", each(deals.DeliverableTable.States(), "")},
		{"deals.tab.", s.constants(t, "deals", "DealStatus", "all")},
		{"deals.turn.", turns()},

		{"documents.blank.", []string{"sides", "brand", "creator", "pitch", "about", "audience", "examples", "signatures", "sign_brand", "sign_creator", "pdf", "docx"}},
		{"discovery.exports.column.", s.words("discovery.exports.column.", "", "handlers", "views")},
		{"discovery.exports.name.", s.words("discovery.exports.name.", "", "handlers", "views")},
		{"discovery.searches.alert.", each(discovery.AlertFrequencies(), "", ".note")},
		{"discovery.searches.mail.why.", without(discovery.AlertFrequencies(), discovery.AlertOff)},
		{"discovery.searches.next.", []string{"instant", "instant.mine"}},
		{"discovery.searches.next.timed", []string{".mine"}},
		{"discovery.shortlists.measure.", s.constants(t, "discovery", "ComparisonMeasure")},
		{"discovery.shortlists.sort.", each(discovery.ShortlistSorts(), "")},
		{"discovery.shortlists.standing.", without(s.constants(t, "discovery", "EntryStanding"), string(discovery.StandingListed))},

		{"imports.field.", underscored(imports.Fields())},
		{"imports.kind.", s.constants(t, "imports", "NoteKind")},
		{"imports.state.", without(s.constants(t, "imports", "State"), string(imports.StateReceiving))},

		{"moderation.admin.audit.", s.words("moderation.admin.audit.", "", "handlers", "views")},
		{"moderation.admin.column.", s.words("moderation.admin.column.", "", "handlers", "views")},
		{"moderation.admin.audit.kind.", append(s.constants(t, "moderation", "Kind"), "account", "report")},
		{"moderation.admin.deals.", []string{"running", "late", "completed", "ended"}},
		{"moderation.admin.trend.", s.constants(t, "moderation", "TrendSubject")},
		{"moderation.admin.figure.", s.words("moderation.admin.figure.", "", "handlers", "views")},
		{"moderation.admin.index.", s.words("moderation.admin.index.", "", "handlers", "views")},
		{"moderation.admin.nav.", []string{"people", "brands", "creators"}},
		{"moderation.admin.search.", []string{"people", "brands", "creators"}},
		{"moderation.admin.source.", sources},
		{"moderation.admin.suspend.", s.words("moderation.admin.suspend.", "", "handlers", "views")},
		{"moderation.decision.", each(moderation.Decisions(), "", ".note")},
		{"moderation.kind.", without(s.constants(t, "moderation", "Kind"), string(moderation.Person))},
		{"moderation.mail.about.", each(without(moderation.Decisions(), moderation.Nothing), "")},
		{"moderation.mail.reporter.", each(moderation.Decisions(), "")},
		{"moderation.mail.you.", each(without(moderation.Decisions(), moderation.Nothing), "")},
		{"moderation.outcome.", append(each(moderation.Decisions(), ""), "open")},
		{"moderation.work.kind.", jobKinds()},
		{"moderation.work.state.", each(moderation.JobStates(), "")},
		{"moderation.work.why.", each(without(moderation.JobStates(), moderation.JobRuns), "")},
		{"moderation.report.picture.", s.constants(t, "files", "Use")},
		{"moderation.reason.", each(moderation.ReportReasons(), "")},

		{"imports.row.", s.words("imports.row.", "", "models")},
		{"negotiation.", append(tableKeys(negotiation.Table), "counter.title", "counter.lead", "replace.title", "replace.lead")},
		{"negotiation.approval.what.", []string{"counter", "replace", "accept"}},
		{"negotiation.held.", []string{"todo.asked", "otherwise.asked"}},
		{"negotiation.mail.held.", []string{"ask", "ask.accept", "due", "approve", "refuse", "lapse"}},
		{"negotiation.closed.", each(without(negotiation.Table.States(), negotiation.Waiting()...), "", ".then")},
		{"negotiation.empty.", each(sides, "", ".text")},
		{"negotiation.form.", s.words("negotiation.form.", "", "views")},
		{"negotiation.invalid.pitch.", []string{"about", "my_audience", "message"}},
		{"negotiation.list.lead.", each(sides, "")},
		{"negotiation.list.title.", each(sides, "")},
		{"negotiation.mail.due.", each(negotiation.Table.StatesWithDefault(), "")},
		{"negotiation.mail.event.", notified(negotiation.Table)},
		{"negotiation.obstacle.", each(negotiation.ObstacleKinds(), "")},
		{"negotiation.pitch.lead.", each(sides, "")},
		{"negotiation.quote.source.", s.constants(t, "creators", "FigureSource")},
		{"negotiation.rules.then.", defaults(negotiation.Table)},
		{"negotiation.said.", []string{"counter", "replace", "ask_extension", "accept_extension", "refuse_extension"}},
		{"negotiation.state.", each(negotiation.Table.States(), "")},

		{"notifications.channel.", each(notifications.DealProgress.Channels(), "")},
		{"notifications.group.", []string{"deals", "brand", "profile", "account"}},
		{"notifications.kind.", append(each(notifications.Kinds(), "", ".what"), string(notifications.Digest))},

		{"privacy.kept.", each(purposes, "", ".long")},
		{"privacy.period.", append(s.words("privacy.period.", "", "models"), each(s.words("privacy.period.", ".long", "models"), ".long")...)},
		{"privacy.purpose.", each(purposes, "", ".text")},

		{"rankings.", append(each(rankings.Measures(), ""), each(rankings.Spans(), "")...)},
		{"rankings.alone.", each(rankings.Spans(), "")},
		{"rankings.by.", each(rankings.Measures(), "")},
		{"rankings.compared.", each(rankings.Spans(), "")},
		{"rankings.head.", each(rankings.Measures(), "")},
		{"rankings.head_all.", each(rankings.Measures(), "")},
		{"rankings.lead.", each(rankings.Measures(), "")},
		{"rankings.none_text.", each(rankings.Measures(), "")},
		{"rankings.unranked.", s.constants(t, "rankings", "ShortfallReason")},

		{"search.alike.", alike()},
		{"search.band_", []string{"within", "above", "below"}},
		{"search.chip.", s.words("search.chip.", "", "models", "views")},
		{"search.drop.", s.words("search.drop.", "", "models", "views")},
		{"search.end", []string{"_min", "_max"}},
		{"search.filter.", s.words("search.filter.", "", "models", "views")},
		{"search.group.", s.words("search.group.", "", "models")},
		{"search.of", []string{"_min", "_max"}},
		{"search.reason.", []string{"words", "tribe", "engagement", "price"}}, // see reasonParts
		{"search.relevance.", nil},                                            // its parts and formulas, which stand below
		{"search.relevance.formula.", s.words("search.relevance.formula.", "", "models")},
		{"search.relevance.part.", s.words("search.relevance.part.", "", "models")},
		{"search.sort.", append(each(search.Sorts(), "_down"), each(without(search.Sorts(), search.ByRelevance), "_up")...)},

		{"site.accessibility.works_", s.words("site.accessibility.works_", "", "views")},
		{"site.dashboard.check.", s.words("site.dashboard.check.", "", "handlers", "views")},
		{"site.dashboard.title.", []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}},
		{"site.figures.", each(sources, "", "_text")},
		{"site.problem.", []string{"401", "403", "404", "405", "409", "413", "422", "429", "503"}},
		{"site.rules.", append(each([]string{"ending", "proof", "disclosure", "history"}, "", "_text"), "state", "waits", "until", "otherwise")},

		{"terms.definition.", []string{"1", "2"}},
		{"terms.ai.", terms.AIUses()},
		{"terms.ai.labelled.", each(sides, "")},
		{"terms.channel.", terms.Channels()},
		{"terms.clause.", each(terms.Clauses(), "")},
		{"terms.fee.", []string{"content", "rights", "whitelisting", "exclusivity", "rush"}},
		{"terms.form.", append(s.words("terms.form.", "", "views"), each(s.words("terms.form.", ".hint", "views"), ".hint")...)},
		{"terms.form.group.", s.words("terms.form.group.", "", "views")},
		{"terms.guarantee.", terms.Metrics()},
		{"terms.invalid.", s.words("terms.invalid.", "", "models")},
		{"terms.metric.", terms.Metrics()},
		{"terms.objective.", terms.Objectives()},
		{"terms.part.", []string{"content", "rights", "whitelisting", "exclusivity", "rush"}},
		{"terms.rights.use.", terms.Uses()},
		{"terms.undecided.", terms.Outcomes()},

		{"workflow.until.", s.constants(t, "workflow", "Anchor")},

		{"zones.", []string{"utc"}},
		{"zones.city.", s.known("zones.city.")}, // which of them a zone has is tested with the zones
		{"zones.region.", s.known("zones.region.")},
	}
}

// Every key of the locale files stands as a whole in the code or is built by a
// row of the table, and every key of a row has a text.
func TestEveryKeyIsReached(t *testing.T) {
	t.Parallel()
	s := readSources(t)
	reached := map[string]bool{}
	rows := map[string]bool{}
	for _, b := range builtKeyTable(t) {
		rows[b.prefix] = true
		texts := `Texts: "` + strings.TrimSuffix(b.prefix, ".") + `"` // of a table of states, to which models/workflow adds the rest
		if !strings.Contains(s.all, `"`+b.prefix+`"`) && !strings.Contains(s.all, texts) {
			t.Errorf("%q is in the table of built keys, and nothing is built with it", b.prefix)
		}
		for _, ending := range b.endings {
			reached[b.prefix+ending] = true
			if !i18n.HasText(b.prefix + ending) {
				t.Errorf("%s can be asked for, and has no text", b.prefix+ending)
			}
		}
	}
	for _, key := range s.keys {
		if !reached[key] && !s.literals[key] {
			t.Errorf("%s is dead: no code names it, and no row of the table of built keys ends in it", key)
		}
	}
	for literal := range s.literals {
		if beginning := strings.HasSuffix(literal, ".") || strings.HasSuffix(literal, "_"); beginning && len(s.known(literal)) > 0 && !rows[literal] && strings.Count(literal, ".") > 1 {
			t.Errorf("keys are built with %q, which the table of built keys lacks", literal)
		}
	}
}

// sources are the texts of the program, without tests and generated files.
type sources struct {
	keys     []string // of the locale files
	all      string
	byFolder map[string]string
	literals map[string]bool
}

var quoted = regexp.MustCompile(`"([a-z_]+\.[A-Za-z0-9_./-]*)"`)

func readSources(t *testing.T) sources {
	t.Helper()
	s := sources{byFolder: map[string]string{}, literals: map[string]bool{}}
	files, err := filepath.Glob("locales/*.en.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		s.keys = append(s.keys, slices.Collect(maps.Keys(readTexts(t, f)))...)
	}
	slices.Sort(s.keys)
	for _, folder := range []string{"cmd", "handlers", "internal", "models", "static", "views"} {
		var b strings.Builder
		err := filepath.WalkDir("../../"+folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") || strings.HasSuffix(path, "_test.go") ||
				!strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
				return err
			}
			raw, err := os.ReadFile(path)
			b.Write(raw)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.byFolder[folder] = b.String()
		s.all += b.String()
	}
	for _, m := range quoted.FindAllStringSubmatch(s.all, -1) {
		s.literals[m[1]] = true
	}
	return s
}

// known are the endings that the locale files have for a prefix.
func (s sources) known(prefix string) []string {
	var all []string
	for _, k := range s.keys {
		if ending, ok := strings.CutPrefix(k, prefix); ok && ending != "" {
			all = append(all, ending)
		}
	}
	return all
}

// words are the endings that are given as words of the code to a function that
// builds keys, without what is put behind them: those of the locale files that
// stand as a literal in one of the folders.
func (s sources) words(prefix, suffix string, folders ...string) []string {
	var all []string
	for _, ending := range s.known(prefix) {
		word, ok := strings.CutSuffix(ending, suffix)
		if ok && slices.ContainsFunc(folders, func(f string) bool { return strings.Contains(s.byFolder[f], `"`+word+`"`) }) {
			all = append(all, word)
		}
	}
	return all
}

// constants are the texts of a type's constants, but for the empty one, for
// which a word can stand.
func (s sources) constants(t *testing.T, pkg, name string, empty ...string) []string {
	t.Helper()
	files, err := filepath.Glob("../../models/" + pkg + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				return true
			}
			typ, _ := v.Type.(*ast.Ident)
			lit, _ := v.Values[0].(*ast.BasicLit)
			if typ == nil || typ.Name != name || lit == nil || lit.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
				all = append(all, text)
			} else {
				all = append(all, empty...)
			}
			return true
		})
	}
	if len(all) == 0 {
		t.Fatalf("models/%s has no constants of the type %s", pkg, name)
	}
	return all
}

// each is every value with every ending; an ending that ends in a stop comes first.
func each[S ~string](values []S, endings ...string) []string {
	var all []string
	for _, v := range values {
		for _, e := range endings {
			if strings.HasSuffix(e, ".") {
				all = append(all, e+string(v))
			} else {
				all = append(all, string(v)+e)
			}
		}
	}
	return all
}

func without[S ~string](values []S, but ...S) []string {
	return each(slices.DeleteFunc(slices.Clone(values), func(v S) bool { return slices.Contains(but, v) }), "")
}

func underscored[S ~string](values []S) []string {
	all := each(values, "")
	for i, v := range all {
		all[i] = strings.ReplaceAll(v, " ", "_")
	}
	return all
}

func trimmed(prefix string, values []string) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = strings.TrimPrefix(v, prefix)
	}
	return all
}

// prefixed are values after a prefix.
func prefixed(prefix string, values []string) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = prefix + v
	}
	return all
}

// tableKeys are what models/workflow asks of a table's texts, without the area
// before them: the button of each action of a person, the sentence of each
// event, and what is to be done and happens otherwise in each state that waits.
func tableKeys[S ~string](table *workflow.Table[S]) []string {
	var all []string
	for _, x := range slices.Concat(table.Transitions, table.Begin) {
		for _, side := range x.By {
			all = append(all, table.EventKey(x.Action, side))
			if side != models.SideSystem {
				all = append(all, table.ButtonKey(x.Action))
			}
		}
	}
	for _, s := range table.States() {
		if !table.Rule(s).Final() {
			all = append(all, table.TodoKey(s), table.OtherwiseKey(s))
		}
	}
	gates, _ := table.Names()
	for _, g := range gates {
		all = append(all, table.GateKey(g))
	}
	if table.Subject == deals.DeliverableTable.Subject {
		all = append(all, formKeys(table)...)
	}
	return trimmed(table.Texts+".", all)
}

// amendmentSteps are the actions on a contract that are told otherwise of an amendment, each
// with its side.
func amendmentSteps() []string {
	begins := []string{"prepare.", "propose.", "withdraw.", "amend."}
	return slices.DeleteFunc(notified(contracts.Table), func(key string) bool {
		return slices.ContainsFunc(begins, func(action string) bool { return strings.HasPrefix(key, action) })
	})
}

// amendmentMails are the mails about an amendment. That it is ready names who proposed it.
func amendmentMails(sides []models.Side) []string {
	all := append(each(sides, "ready.", "signed."), "ready", "due")
	for _, key := range amendmentSteps() {
		if key != "ready.system" {
			all = append(all, "event."+key)
		}
	}
	return all
}

// notified are the actions, each with its side, of which a mail tells. The end of
// a deal is told once, for all its deliverables.
func notified[S ~string](table *workflow.Table[S]) []string {
	var all []string
	for _, x := range slices.Concat(table.Transitions, table.Begin) {
		for _, side := range x.By {
			if key := string(x.Action) + "." + string(side); !slices.Contains(all, key) {
				all = append(all, key)
			}
		}
	}
	return all
}

// reminded are the states whose deadline is told before it comes.
func reminded[S ~string](table *workflow.Table[S]) []string {
	return each(slices.DeleteFunc(table.States(), func(s S) bool { return table.Rule(s).Final() }), "")
}

// lateStates are those where somebody may act on lateness, as a beginning of a key.
func lateStates[S ~string](table *workflow.Table[S]) []string {
	var all []string
	for _, s := range table.States() {
		if len(table.SidesWhenLate(s)) > 0 {
			all = append(all, string(s)+".")
		}
	}
	return all
}

// formKeys are the texts of forms that are made from a table's descriptions; of
// the URL of a publication, what is needed depends on the format.
func formKeys[S ~string](table *workflow.Table[S]) []string {
	var all []string
	for _, d := range table.Actions {
		if d.Path == "" {
			continue
		}
		all = append(all, table.DoneKey(d.Action))
		for _, f := range d.Fields {
			all = append(all, table.LabelKey(f))
			if d.Action != deals.ActionPublish {
				all = append(all, table.HintKey(d.Action, f))
			}
		}
	}
	return all
}

// defaults are what happens when nobody acts.
func defaults[S ~string](table *workflow.Table[S]) []string {
	var all []string
	for _, s := range table.StatesWithDefault() {
		all = append(all, string(table.Rule(s).AtDeadline))
	}
	return all
}

// turns are what a card says in each state: it waits for the reader, for the
// other side, or, where nothing happens by itself, longer than agreed.
func turns() []string {
	var all []string
	for _, r := range deals.DeliverableTable.Rules {
		if r.Final() {
			continue
		}
		all = append(all, string(r.State)+".mine", string(r.State)+".theirs")
		if r.AtDeadline == "" {
			all = append(all, string(r.State)+".overdue")
		}
	}
	return all
}

// lawKeys are the endings of the texts of laws.
func lawKeys() []string {
	var all []string
	for _, l := range contracts.Laws() {
		all = append(all, l.ID+".name", l.ID+".text")
	}
	return all
}

// jobKinds are the kinds of jobs that have a name.
func jobKinds() []string {
	var all []string
	for _, e := range jobs.Expectations() {
		if !e.Earlier {
			all = append(all, e.Kind)
		}
	}
	return all
}

// alike are the parts of likeness: in the words of a hit, by name, and as a formula.
func alike() []string {
	var all []string
	for _, w := range search.LikenessWeights() {
		all = append(all, w.Part, "part."+w.Part, "formula."+w.Part)
	}
	return all
}

// signals are the cases of every sign that a profile can be trusted; an unusual
// one has a harmless reason too. Each case stands as a word in models.
func signals(s sources, of []string) []string {
	var all []string
	for _, ending := range s.known("creators.signal.") {
		name, is, _ := strings.Cut(strings.TrimSuffix(ending, "_why"), ".")
		if source, isOld := strings.CutSuffix(is, "_old"); isOld && slices.Contains(of, source) || slices.Contains(of, is) {
			all = append(all, ending)
		} else if strings.Contains(s.byFolder["models"], `"`+name+`"`) && strings.Contains(s.byFolder["models"], `"`+is+`"`) {
			all = append(all, ending)
		}
	}
	return all
}
