package demo

// What the sides of a deal write, by the creator's language.

var proposalMessages = map[string]string{
	"en": "Hello, your videos are calm and exact. Say what you like and what you don’t; please show the product in use.",
	"fr": "Bonjour, vos vidéos sont précises et calmes, comme ce que nous fabriquons. Le texte est libre\u202f; montrez l’objet en usage.",
	"nl": "Hallo, je video’s zijn rustig en eerlijk. Vertel gerust wat je minder goed vindt; laat het product in gebruik zien.",
}

var refusals = map[string][]string{
	"en": {"Not this month: three other deals are running.", "It does not suit what I show. Thank you for asking."},
	"fr": {"Pas ce mois-ci\u202f: trois autres partenariats sont en cours.", "Cela ne va pas avec ce que je montre. Merci d’avoir demandé."},
	"nl": {"Niet deze maand: er lopen al drie andere deals.", "Het past niet bij wat ik laat zien. Bedankt voor de vraag."},
}

var draftNotes = map[string]string{
	"en": "First cut, the sound is not final.",
	"fr": "Premier montage, le son n’est pas définitif.",
	"nl": "Eerste montage, het geluid is nog niet klaar.",
}

var changesNotes = map[string]string{
	"en": "Please show the product in the first three seconds.",
	"fr": "Merci de montrer le produit dans les trois premières secondes.",
	"nl": "Laat het product graag in de eerste drie seconden zien.",
}

var objections = map[string]string{
	"en": "The disclosure is missing from the caption.",
	"fr": "La mention publicitaire manque dans la légende.",
	"nl": "De reclamevermelding ontbreekt in het bijschrift.",
}

// endReasons are why a deal ends before everything is done: a brand's reason, then a
// creator's.
var endReasons = map[string][]string{
	"en": {"The product is delayed until spring.", "I have to stop working for some weeks."},
	"fr": {"Le produit est repoussé au printemps.", "Je dois m’arrêter quelques semaines."},
	"nl": {"Het product is uitgesteld tot het voorjaar.", "Ik moet een paar weken stoppen met werken."},
}
