package sandbox

// consentTexts are the texts of the consent page in one language. They are here and not
// with the product's own, because the page imitates another site.
type consentTexts struct {
	Title, Lead, Reads, Search, Find, Refuse, Accounts, None, Fault string
	Count, Continue, Followers, Videos                              string // with verbs for fmt, as have Title, Lead and WrongLead
	Basic, Profile, Stats, List                                     string
	Channel, Analytics, Media, Insights, Email, FollowerList        string
	WrongTitle, WrongLead                                           string
}

func (t consentTexts) scope(name string) string {
	return map[string]string{
		scopeBasic: t.Basic, scopeProfile: t.Profile, scopeStats: t.Stats, scopeVideos: t.List,
		scopeChannel: t.Channel, scopeAnalytics: t.Analytics, scopeMedia: t.Media, scopeInsights: t.Insights, scopeEmail: t.Email, scopeFollowers: t.FollowerList,
	}[name]
}

var english = consentTexts{
	Title: "Let Tribemarket read an account on %s", Lead: "This page stands in for %s. The accounts are invented, and nothing leaves this machine.",
	Reads: "What it may read", Search: "Handle or name", Find: "Find", Refuse: "Refuse", Accounts: "Accounts", None: "No account has this in its handle or name.", Fault: "Fault:",
	Count: "%d of %d accounts", Continue: "Continue as @%s", Followers: "Followers: %d", Videos: "Videos: %d",
	Basic: "Picture and display name", Profile: "Handle, bio and verification", Stats: "Followers, likes and number of videos", List: "Public videos and their figures",
	Channel: "The channel, its subscribers and videos", Analytics: "The audience by country, age and gender", Media: "Profile, posts and their figures", Insights: "Views, reach and the audience", Email: "E-mail address", FollowerList: "The list of followers",
	WrongTitle: "This sign-in cannot start", WrongLead: "The app sent something that %s would refuse:",
}

var french = consentTexts{
	Title: "Autoriser Tribemarket à lire un compte %s", Lead: "Cette page tient lieu de %s. Les comptes sont inventés et rien ne quitte cette machine.",
	Reads: "Ce que Tribemarket pourra lire", Search: "Pseudo ou nom", Find: "Chercher", Refuse: "Refuser", Accounts: "Comptes", None: "Aucun compte ne porte ce pseudo ou ce nom.", Fault: "Panne\u202f:",
	Count: "%d comptes sur %d", Continue: "Continuer avec @%s", Followers: "Abonnés\u202f: %d", Videos: "Vidéos\u202f: %d",
	Basic: "Photo et nom affiché", Profile: "Pseudo, biographie et vérification", Stats: "Abonnés, j’aime et nombre de vidéos", List: "Vidéos publiques et leurs chiffres",
	Channel: "La chaîne, ses abonnés et ses vidéos", Analytics: "L’audience par pays, âge et genre", Media: "Profil, publications et leurs chiffres", Insights: "Vues, portée et audience", Email: "Adresse e-mail", FollowerList: "La liste des abonnés",
	WrongTitle: "Cette connexion ne peut pas commencer", WrongLead: "L’application a envoyé une valeur que %s refuserait\u202f:",
}

var dutch = consentTexts{
	Title: "Tribemarket een account op %s laten lezen", Lead: "Deze pagina vervangt %s. De accounts zijn verzonnen en niets verlaat deze computer.",
	Reads: "Wat Tribemarket mag lezen", Search: "Gebruikersnaam of naam", Find: "Zoeken", Refuse: "Weigeren", Accounts: "Accounts", None: "Geen account heeft dit in de gebruikersnaam of naam.", Fault: "Storing:",
	Count: "%d van %d accounts", Continue: "Doorgaan als @%s", Followers: "Volgers: %d", Videos: "Video’s: %d",
	Basic: "Foto en getoonde naam", Profile: "Gebruikersnaam, bio en verificatie", Stats: "Volgers, likes en aantal video’s", List: "Openbare video’s en hun cijfers",
	Channel: "Het kanaal, de abonnees en de video’s", Analytics: "Het publiek naar land, leeftijd en gender", Media: "Profiel, posts en hun cijfers", Insights: "Weergaven, bereik en het publiek", Email: "E-mailadres", FollowerList: "De lijst van volgers",
	WrongTitle: "Deze inlogpoging kan niet beginnen", WrongLead: "De app stuurde iets wat %s zou weigeren:",
}
