package contracts

import (
	"time"

	"tribemarket/models"
)

// What contracts say because of laws.
const (
	ClauseParties   = "parties"  // who both are, and where they pay tax
	ClauseMissions  = "missions" // what is to be done
	ClauseReward    = "reward"   // the money, or how it is determined, and what is given in kind
	ClauseRights    = "rights"   // rights and duties, also of intellectual property
	ClauseFrenchLaw = "french_law"
	ClauseLiability = "liability" // of both towards others
	ClauseEvidence  = "evidence"
	ClauseCode      = "code"     // the advertising code that the brand makes known
	ClauseLabel     = "label"    // the words that mark advertising
	ClauseEndorser  = "endorser" // disclosure and honesty, as the FTC asks for them
)

// laws are the dated data. A law that changes is another line with its own date.
var laws = []Law{
	{
		ID: "fr_contract", Country: "FR", From: models.Date{Year: 2026, Month: time.January, Day: 1}, Reaches: EstablishedOutside,
		Sources: []Source{
			{"Loi n° 2023-451 du 9 juin 2023, art. 8", "https://www.legifrance.gouv.fr/eli/loi/2023/6/9/2023-451/jo/texte"},
			{"Décret n° 2025-1137 du 28 novembre 2025, art. 1", "https://www.legifrance.gouv.fr/eli/decret/2025/11/28/2025-1137/jo/texte"},
		},
		Contract: &ContractRule{From: models.Money{Minor: 1000_00, Currency: "EUR"}, WarnPercent: 80},
		Clauses:  []string{ClauseParties, ClauseMissions, ClauseReward, ClauseRights, ClauseFrenchLaw, ClauseLiability},
	},
	{
		ID: "fr_evidence", Country: "FR", From: models.Date{Year: 2016, Month: time.October, Day: 1}, Reaches: Established,
		Sources: []Source{{"Code civil, art. 1356", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000032042461"}},
		Clauses: []string{ClauseEvidence},
	},
	{
		ID: "fr_disclosure", Country: "FR", From: models.Date{Year: 2024, Month: time.November, Day: 8}, Reaches: EstablishedOutside,
		Sources: []Source{{"Loi n° 2023-451 du 9 juin 2023, art. 5 et 5-2", "https://www.legifrance.gouv.fr/eli/loi/2023/6/9/2023-451/jo/texte"}},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "fr_child", Country: "FR", From: models.Date{Year: 2021, Month: time.April, Day: 20}, Reaches: Established,
		Sources: []Source{{"Loi n° 2020-1266 du 19 octobre 2020, art. 3", "https://www.legifrance.gouv.fr/loda/article_lc/LEGIARTI000047666656"}},
		Child:   true,
	},
	{
		ID: "nl_code", Country: "NL", From: models.Date{Year: 2022, Month: time.July, Day: 1}, Reaches: Addressed,
		Sources: []Source{{"Reclamecode Social Media & Influencer Marketing", "https://www.reclamecode.nl/nrc/reclamecode-social-media-influencer-marketing-rsm/"}},
		Clauses: []string{ClauseCode, ClauseLabel},
	},
	{
		ID: "be_label", Country: "BE", From: models.Date{Year: 2022, Month: time.May, Day: 30}, Reaches: Addressed,
		Sources: []Source{{"Jury d’Éthique Publicitaire / Jury voor Ethische Praktijken inzake Reclame, influencer marketing", "https://www.jep.be"}},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "eu_hidden", Country: EuropeanUnion, From: models.Date{Year: 2007, Month: time.December, Day: 12}, Reaches: Addressed,
		Sources: []Source{{"Directive 2005/29/EC, art. 7(2)", "https://eur-lex.europa.eu/eli/dir/2005/29/oj"}},
		Clauses: []string{ClauseLabel},
	},
	{
		ID: "us_endorsement", Country: "US", From: models.Date{Year: 2023, Month: time.July, Day: 26}, Reaches: Addressed,
		Sources: []Source{{"16 CFR Part 255", "https://www.ecfr.gov/current/title-16/chapter-I/subchapter-B/part-255"}},
		Clauses: []string{ClauseEndorser},
	},
}

// economicArea are the members of the European Economic Area.
var economicArea = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
}
