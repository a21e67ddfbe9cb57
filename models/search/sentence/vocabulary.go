package sentence

import (
	"strings"

	"tribemarket/models/search"
)

// phrases returns phrases that are written with bars between them, as a set. They are
// without case and accents; apostrophes and hyphens are spaces.
func phrases(all ...string) map[string]bool {
	set := map[string]bool{}
	for _, some := range all {
		for phrase := range strings.SplitSeq(some, "|") {
			set[phrase] = true
		}
	}
	return set
}

func isOneOf(set map[string]bool) func(string) bool { return func(s string) bool { return set[s] } }

// The words around the values of filters, in English, French and Dutch.
var (
	// people name whom a sentence looks for.
	people = phrases(
		"creator|creators|content creator|content creators|influencer|influencers|tiktoker|tiktokers|youtuber|youtubers|streamer|streamers|maker|makers|people|accounts|account|profiles",
		"createur|createurs|creatrice|creatrices|createurs de contenu|creatrices de contenu|influenceur|influenceurs|influenceuse|influenceuses|comptes|compte|personnes|gens|profils",
		"contentmaker|contentmakers|mensen|profielen",
	)
	// fillers say nothing by themselves.
	fillers = phrases(
		"a|an|the|and|or|with|who|that|which|have|has|having|is|are|be|of|for|by|from|at|on|to|me|my|i|we|our|us|want|need|looking|look|find|show|search|please|all|any|some|their|them|they|it|its|also|about|based|live in|living|do|does|make|making|post about|posting|rate|niche|tribe|tribes|content|only|just|both|either|video|videos",
		"un|une|des|les|le|la|l|d|de|du|et|ou|avec|qui|que|qu|dont|ont|a|ayant|sont|est|au|aux|en|pour|par|sur|je|nous|on|cherche|cherchons|chercher|veux|voudrais|trouver|trouve|montre|s il vous plait|svp|tous|toutes|leur|leurs|ils|elles|il|elle|aussi|tribu|tribus|contenu|taux|font|fait|niveau|chez|son|sa|ses|notre|nos",
		"een|de|het|en|of|met|die|dat|wie|welke|heeft|hebben|zijn|is|van|voor|door|uit|bij|aan|op|te|ik|we|wij|ons|onze|zoek|zoeken|zoeken naar|naar|wil|willen|vind|vinden|toon|graag|alle|alleen|hun|ze|zij|ook|over|per|maken|maakt|wonen|woont|inhoud",
		"s|t",
	)
	// prepositions come before a country, region or platform, and make clear that it is one.
	prepositions = phrases("in|from|based in|living in|live in|on", "en|au|aux|a|dans|de|du|d|des|depuis|sur|base en|base a", "in|uit|van|op")
	articles     = phrases("the|la|le|les|l|het|de")
	// negations are not guessed: what follows is not understood.
	negations = phrases(
		"not|no|non|without|except|except for|excluding|but not|outside|outside of|never|isn t|aren t|don t|doesn t|nobody|nor",
		"pas|sans|sauf|hors|hors de|excepte|aucun|aucune|jamais|ni|n ont pas|ne sont pas",
		"niet|geen|zonder|behalve|buiten|uitgezonderd|nooit|noch",
	)
	percentWords = phrases("%|٪|percent|per cent|pct|pour cent|pourcent|procent")
)

// The words that compare, before and after a number.
var (
	atLeast = phrases(
		"over|above|more than|at least|from|min|minimum|starting at|greater than|higher than|bigger than|no less than|not less than|upwards of|beyond|>|> =|≥|minimum of|a minimum of",
		"plus de|plus que|au moins|a partir de|des|minimum de|superieur a|superieure a|superieurs a|superieures a|au dessus de|au dela de|pas moins de|depuis",
		"boven|meer dan|minstens|ten minste|tenminste|vanaf|minimaal|hoger dan|groter dan|niet minder dan|minimum van",
	)
	atMost = phrases(
		"under|below|less than|fewer than|at most|up to|max|maximum|no more than|not more than|lower than|smaller than|cheaper than|not over|not above|within|<|< =|≤|maximum of|a maximum of",
		"moins de|moins que|sous|jusqu a|jusqu|au plus|tout au plus|au maximum|maximum de|inferieur a|inferieure a|inferieurs a|inferieures a|en dessous de|au dessous de|pas plus de|en moins de",
		"onder|minder dan|hoogstens|maximaal|tot|tot en met|hooguit|ten hoogste|niet meer dan|lager dan|kleiner dan|goedkoper dan|binnen|maximum van",
	)
	between   = phrases("between|from|entre|de|tussen|van")
	upTo      = phrases("and|to|-|–|—|until|et|a|en|tot|tot en met|bis")
	orMore    = phrases("+|or more|and more|and up|or above|and above|min|minimum|at least", "ou plus|et plus|et au dessus|au moins|au minimum", "of meer|en meer|of hoger|minimaal|minimum")
	orLess    = phrases("or less|or fewer|and less|or below|max|maximum|at most", "ou moins|et moins|au plus|au maximum", "of minder|of lager|maximaal|hoogstens")
	connected = phrases("of|is|are|:|=|a|an|the|with|rate|range|that is|de|du|des|d|l|la|le|les|une|un|est|sont|van|een|het|ligt", "at")
	// per comes between a number and what it counts.
	per = phrases("of|in|per|for|a|an|the|one|each", "de|d|la|le|l|par|pour|une|un|en|chaque|des", "per|voor|een|als|van|aan|elke")
)

// subject is what a number of a sentence is about.
type subject struct{ param, format string }

// formats are the words for the formats that have prices.
var formats = map[string]string{
	"video": "video|videos|video price|price per video|clip|clips|video s",
	"live":  "live|lives|live stream|live streams|livestream|livestreams|direct|directs|en direct",
	"story": "story|stories|story s|storys|verhaal|verhalen",
}

// subjects are the filters that numbers belong to, by the words for them.
var subjects = func() map[string]subject {
	by := map[string]subject{}
	for _, d := range search.FilterDefinitions() {
		if d.Kind == search.KindRange {
			for phrase := range phrases(d.Words) {
				by[phrase] = subject{param: d.Param}
			}
		}
	}
	for format, words := range formats {
		for phrase := range phrases(words) {
			by[phrase] = subject{"price", format}
		}
	}
	return by
}()

// named are the words for the other filters, by parameter.
var named = func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for _, d := range search.FilterDefinitions() {
		if d.Words != "" {
			all[d.Param] = phrases(d.Words)
		}
	}
	return all
}()

// withinWords come between such a word and the time.
var withinWords = phrases(
	"in|within|during|the|last|past|this|under|less than|at most|of|a|an|over|in under|in less than|up to|inside",
	"en|dans|sous|au cours de|ces|cette|ce|les|des|derniers|dernieres|dernier|derniere|moins de|en moins de|un|une|de|sur|pendant|depuis|d ici",
	"binnen|in|de|het|laatste|afgelopen|deze|dit|een|onder|minder dan|sinds|gedurende|van",
)

// pastWords come between a number and its unit of time.
var pastWords = phrases("last|derniers|laatste")

// times are the units of time, in hours.
var times = func() map[string]int64 {
	all := map[string]int64{}
	for phrase := range phrases("h|hour|hours|heure|heures|uur|uren|u") {
		all[phrase] = 1
	}
	for phrase := range phrases("d|day|days|jour|jours|dag|dagen|j") {
		all[phrase] = 24
	}
	for phrase := range phrases("week|weeks|semaine|semaines|weken") {
		all[phrase] = 7 * 24
	}
	for phrase := range phrases("month|months|mois|maand|maanden") {
		all[phrase] = 30 * 24
	}
	return all
}()

// Words around the languages that creators speak.
var (
	speaking      = phrases("speaking|speak|speaks|who speak|who speaks|in", "parlant|parle|parlent|en|langue", "spreekt|spreken|sprekend|in het|in|taal", "language|languages|in language|langues|talen")
	speakingAfter = phrases("speaking|speakers|speaker|language|content|sprekend|sprekende|spreekt|spreken|talig|talige")
	conjunctions  = phrases("and|or|et|ou|en|of")
	// spoken are words that name a language and its speakers at once.
	spoken = map[string]string{
		"francophone": "fr", "francophones": "fr", "anglophone": "en", "anglophones": "en", "neerlandophone": "nl", "neerlandophones": "nl", "germanophone": "de", "germanophones": "de",
		"hispanophone": "es", "hispanophones": "es", "italophone": "it", "italophones": "it", "lusophone": "pt", "lusophones": "pt", "arabophone": "ar", "arabophones": "ar",
		"franstalig": "fr", "franstalige": "fr", "engelstalig": "en", "engelstalige": "en", "nederlandstalig": "nl", "nederlandstalige": "nl", "duitstalig": "de", "duitstalige": "de",
		"spaanstalig": "es", "spaanstalige": "es", "italiaanstalig": "it", "italiaanstalige": "it", "arabischtalig": "ar", "arabischtalige": "ar",
	}
)

// Words of the audience: whom a creator reaches is not who the creator is.
var (
	audience = phrases(
		"audience|viewers|viewership|reaching|followers in|followers from|fans in|fans from",
		"public|spectateurs|touchant|abonnes en|abonnes au|abonnes aux|abonnes a",
		"publiek|kijkers|doelgroep|bereik|volgers in|volgers uit",
	)
	genders = map[string]string{
		"women": "female", "woman": "female", "female": "female", "females": "female", "girls": "female", "femmes": "female", "femme": "female", "feminin": "female", "feminine": "female",
		"vrouwen": "female", "vrouwelijk": "female", "men": "male", "man": "male", "male": "male", "males": "male", "boys": "male", "hommes": "male", "homme": "male", "masculin": "male",
		"masculine": "male", "mannen": "male", "mannelijk": "male",
	}
	aged = phrases("aged|age|ages|years|years old|between|agee|age de|agees|ans|jaar|leeftijd|oud|tussen")
)
