package sentence

// tribeWords are everyday words for tribes, besides the names and categories of the
// catalogue, by slug; without case and accents, with spaces for hyphens.
var tribeWords = map[string]string{
	"beautytok":   "cosmetic|make up|maquillage|cosmetique|cosmetiques|cosmetica|schoonheid|perfume|parfum|parfums",
	"skintok":     "skin|peau|huid|soin de la peau|soins visage",
	"hairtok":     "hairstyles|hairstyle|coiffure|coiffures|kapsels|barbers",
	"nailtok":     "nail|nail art|nail polish|manicure|manucure|ongle|nagel",
	"fashiontok":  "clothes|clothing|style|outfits|sneakers|vetements|kleding|luxe",
	"foodtok":     "foodie|foodies|recipe|recipes|restaurant|baking|gastronomie|recette|recettes|nourriture|patisserie|koken|recept|recepten|voeding|bakken|culinair",
	"techtok":     "gadgets|gadget|technologie|technologies|electronique|elektronica|informatique|software",
	"gametok":     "gamer|gamers|video game|jeu video|jeux video|esport|esports|gamen",
	"booktok":     "book|reading|livre|lecture|lectures|litterature|boek|lezen|literatuur",
	"fittok":      "gym|workout|workouts|musculation|krachttraining|remise en forme",
	"wellnesstok": "well being|wellbeing|meditation|mindfulness|sante|gezondheid|bien etre|meditatie",
	"dancetok":    "dancing|dancer|dancers|dances|danseurs|danser|dansen|dansers",
	"musictok":    "musician|musicians|singer|singing|songs|musiciens|chant|muzikanten|zingen",
	"comedytok":   "funny|comedian|comedians|jokes|sketches|comedie|drole|droles|humoristes|humor|grappig|grappige|komedie",
	"filmtok":     "films|movie|cinema|series|tv shows",
	"pettok":      "pet|animal|dogs|dog|cats|cat|animal|chien|chiens|chats|animaux de compagnie|dieren|honden|katten|huisdier",
	"parenttok":   "parent|mothers|mums|moms|dads|fathers|families|mum|mom|bebe|bebes|mamans|maman|famille|familles|enfants|ouders|gezin|gezinnen|kinderen|mama s|moeders|vaders",
	"coupletok":   "couple|mariage|mariages|huwelijk|bruiloft|bruiloften|koppels",
	"hometok":     "interior|interiors|interior design|home decor|decor|decoration|deco|interieur|cleaning|huis|inrichting|immobilier",
	"diytok":      "do it yourself|bricolage|klussen|renovation",
	"crafttok":    "craft|knitting|crochet|sewing|couture|tricot|artisanat|loisirs creatifs|breien|haken|naaien|knutselen",
	"arttok":      "artist|artists|drawing|painting|illustration|dessin|peinture|artistes|kunst|tekenen|schilderen|kunstenaars",
	"phototok":    "photo|photos|photographer|photographers|photographes|fotografen",
	"traveltok":   "travelling|traveling|travellers|travelers|travels|voyages|voyageurs|tourisme|reizigers|toerisme|vakantie|vacances",
	"outdoortok":  "outdoor|hiking|camping|randonnee|natuur|wandelen|kamperen",
	"planttok":    "plant|gardens|plante|jardin|jardinage|planten|tuin|tuinieren",
	"cartok":      "car|motorbikes|motorcycles|automobile|automobiles|voiture|voitures|moto|motos|auto|autos|auto s|motoren",
	"sporttok":    "athletes|athlete|sportifs|sporten|sporters|atleten|running|course a pied|hardlopen",
	"footballtok": "foot|voetballers|footballers",
	"skatetok":    "skate|skaters|skateboard|skating|skaten",
	"financetok":  "investing|personal finance|investment|investissement|bourse|finances|beleggen|financien|sparen",
	"biztok":      "entrepreneurs|entrepreneur|entrepreneurship|entrepreneuriat|startups|ondernemers|ondernemen|ondernemerschap|zakelijk",
	"learntok":    "educational|teachers|teacher|onderwijs|leraren|enseignants|profs|pedagogie|apprentissage",
	"sciencetok":  "scientists|scientifiques|science|sciences|wetenschap",
	"newstok":     "journalists|journalism|actualites|actus|actu|journalistes|nieuws|journalisten",
	"toytok":      "toy|jouet|jouets|speelgoed|lego|collectors|collectionneurs|verzamelaars",
	"vlogtok":     "vlog|vlogs|vloggers|vlogger|mode de vie|levensstijl|quotidien",
	"edittok":     "video editors|editors|montage",
	"magictok":    "magicians|magician|magiciens|goochelaars",
	"horrortok":   "scary|mysteries",
	"animetok":    "animes|mangas",
	"cosplaytok":  "cosplayers|cosplayer",
	"asmrtok":     "asmr",
	"kpoptok":     "k pop",
	"reacttok":    "reaction|duets",
}

// nationalities are words that say from which country somebody is. Languages have words
// of their own around them: "French creators" are from France, "in French" is a language.
var nationalities = nationalityWords(map[string]string{
	"FR": "french|francais|francaise|francaises|franse",
	"BE": "belgian|belgians|belge|belges|belgisch|belgische",
	"NL": "dutch|neerlandais|neerlandaise|neerlandaises|hollandais|hollandaise|hollandaises|nederlandse|pays bas",
	"DE": "german|germans|allemand|allemande|allemands|allemandes|duitse",
	"ES": "spanish|espagnol|espagnole|espagnols|espagnoles|spaanse",
	"IT": "italian|italians|italien|italienne|italiens|italiennes|italiaanse",
	"PT": "portuguese|portugais|portugaise|portugaises|portugese",
	"GB": "british|uk|u.k|britannique|britanniques|brits|britse|royaume uni|angleterre|engeland",
	"US": "american|americans|usa|u.s|u.s.a|americain|americaine|americains|americaines|amerikaans|amerikaanse|etats unis|verenigde staten",
	"CA": "canadian|canadians|canadien|canadienne|canadiens|canadiennes|canadees|canadese",
	"CH": "swiss|suisse|suisses|zwitsers|zwitserse",
	"AT": "austrian|austrians|autrichien|autrichienne|autrichiens|autrichiennes|oostenrijks|oostenrijkse",
	"IE": "irish|irlandais|irlandaise|irlandaises|iers|ierse",
	"LU": "luxembourgish|luxembourgeois|luxembourgeoise|luxemburgs|luxemburgse",
	"PL": "polish|polonais|polonaise|polonaises|poolse",
	"SE": "swedish|suedois|suedoise|suedoises|zweedse",
	"NO": "norwegian|norvegien|norvegienne|norvegiens|norvegiennes|noorse",
	"DK": "danish|danois|danoise|danoises|deense",
	"FI": "finnish|finlandais|finlandaise|finlandaises|finse",
	"MA": "moroccan|marocain|marocaine|marocains|marocaines|marokkaans|marokkaanse",
	"TN": "tunisian|tunisien|tunisienne|tunisiens|tunisiennes|tunesisch|tunesische",
	"DZ": "algerian|algerien|algerienne|algeriens|algeriennes|algerijns|algerijnse",
	"BR": "brazilian|bresilien|bresilienne|bresiliens|bresiliennes|braziliaans|braziliaanse",
	"JP": "japanese|japonais|japonaise|japonaises|japanse",
	"TR": "turkish|turc|turque|turcs|turques|turkse",
	"AE": "uae|emirati|emiratis",
})

func nationalityWords(all map[string]string) map[string]string {
	by := map[string]string{}
	for country, some := range all {
		for phrase := range phrases(some) {
			by[phrase] = country
		}
	}
	return by
}
