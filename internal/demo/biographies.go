package demo

import "strings"

// biographies are by what people speak; TRIBE is a name of a tribe, which is known in
// three languages.
var biographies = map[string][]string{
	"French": {
		"Une vidéo, une idée. TRIBE.", "TRIBE au quotidien, sans filtre ni détour.", "J’essaie, je rate, je recommence. TRIBE.", "TRIBE en mots simples, deux fois par semaine.", "Des vidéos courtes, faites lentement. TRIBE.",
	},
	"Dutch": {
		"Korte video’s, lange adem. TRIBE.", "TRIBE, elke dag een beetje beter.", "Uitproberen, mislukken, opnieuw. TRIBE.", "TRIBE, eenvoudig uitgelegd.", "Kleine video’s met veel geduld. TRIBE.",
	},
	"English": {
		"Short videos, made slowly. TRIBE.", "TRIBE, a little better every week.", "I try it, I break it, I try again. TRIBE.", "TRIBE in plain words.", "One idea at a time. TRIBE.",
	},
	"German":  {"Kurze Videos mit langem Atem.", "Ausprobiert, verworfen, neu gemacht.", "Jede Woche etwas Neues."},
	"Spanish": {"Vídeos cortos, hechos sin prisa.", "Pruebo, fallo y vuelvo a empezar.", "Cada semana, una idea."},
	"Italian": {"Video brevi, fatti con calma.", "Provo, sbaglio, riprovo.", "Ogni settimana un’idea."},
}

func bioOf(p person) string {
	all := biographies[p.place.language]
	return strings.ReplaceAll(all[p.number%len(all)], "TRIBE", p.tribes[0].Name(localeOf(p)))
}

// captions are by what people speak.
var captions = map[string][]string{
	"French":  {"L’essai du jour", "Avant, après", "Ce que je referais autrement", "En trois étapes", "Vous me l’avez demandé", "Un mois plus tard", "Le détail qui change tout"},
	"Dutch":   {"De test van vandaag", "Voor en na", "Wat ik anders zou doen", "In drie stappen", "Jullie vroegen erom", "Een maand later", "Het detail dat telt"},
	"English": {"Today’s test", "Before and after", "What I would do differently", "In three steps", "You asked for it", "One month later", "The detail that counts"},
	"German":  {"Der Test des Tages", "Vorher, nachher", "In drei Schritten", "Einen Monat später"},
	"Spanish": {"La prueba del día", "Antes y después", "En tres pasos", "Un mes después"},
	"Italian": {"La prova del giorno", "Prima e dopo", "In tre passi", "Un mese dopo"},
}

// captionOf is what stands under a post.
func (p person) captionOf(x post) string {
	all := captions[p.place.language]
	return all[(int64(p.number)*3+x.id)%int64(len(all))] + " #" + strings.Join(x.hashtags, " #")
}
