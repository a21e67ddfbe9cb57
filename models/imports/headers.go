package imports

import (
	"slices"
	"strings"
	"unicode"

	"tribemarket/models/platform"
	"tribemarket/models/text"
)

// Field is what a column of a file means.
type Field string

// The fields of both kinds of files, those of a post, and those of a list.
const (
	FieldHandle     Field = "handle"
	FieldLink       Field = "link"
	FieldName       Field = "name"
	FieldPlatform   Field = "platform"
	FieldFollowers  Field = "followers"
	FieldFollowing  Field = "following"
	FieldTotalLikes Field = "total likes"
	FieldTotalPosts Field = "total posts"
	FieldAsOf       Field = "as of"

	FieldPostID   Field = "post id"
	FieldPostedAt Field = "posted at"
	FieldDuration Field = "duration"
	FieldCaption  Field = "caption"
	FieldHashtags Field = "hashtags"

	FieldViews    Field = "views"
	FieldLikes    Field = "likes"
	FieldComments Field = "comments"
	FieldShares   Field = "shares"

	FieldCountry  Field = "country"
	FieldLanguage Field = "language"
	FieldCategory Field = "category"
)

// Fields lists all of them, as they are offered where a column is chosen by hand.
func Fields() []Field {
	return []Field{
		FieldHandle, FieldLink, FieldName, FieldPlatform, FieldFollowers, FieldFollowing, FieldTotalLikes, FieldTotalPosts, FieldAsOf,
		FieldViews, FieldLikes, FieldComments, FieldShares, FieldCountry, FieldLanguage, FieldCategory,
		FieldPostID, FieldPostedAt, FieldDuration, FieldCaption, FieldHashtags,
	}
}

// headerSynonyms are the headers of each field, as normaliseHeader writes them. A
// header that could be two things is in neither: an "audience country", say, is
// not where a creator lives.
type headerSynonyms map[Field][]string

// accountSynonyms stand in both kinds of files. Beside English they are in Dutch, French,
// German, Indonesian, Italian, Japanese, Polish, Portuguese, Spanish, and Turkish.
var accountSynonyms = headerSynonyms{
	FieldPlatform: {"platform", "network", "social network", "plateforme", "reseau", "reseau social", "netwerk", "plattform", "netzwerk", "plataforma", "red social", "rede social", "piattaforma", "rete", "platforma", "プラットフォーム"},
	FieldFollowers: {
		"followers", "follower", "followers count", "follower count", "n followers", "number of followers", "total followers", "subscribers", "subscriber", "subscribers count", "subscriber count", "number of subscribers", "fans", "fan count", "subs", "audience size",
		"abonnes", "nombre d abonnes", "nb abonnes", "volgers", "aantal volgers", "abonnees", "aantal abonnees", "abonnenten", "anzahl follower", "anzahl abonnenten",
		"seguidores", "numero de seguidores", "suscriptores", "inscritos", "iscritti", "seguaci", "numero di follower", "obserwujacy", "liczba obserwujacych", "subskrybenci",
		"takipci", "takipci sayisi", "aboneler", "abone sayisi", "pengikut", "jumlah pengikut", "フォロワー", "フォロワー数", "登録者数", "チャンネル登録者数",
	},
	FieldFollowing:  {"following", "followings", "following count", "n following", "follows", "abonnements", "volgend", "gefolgt", "folgt", "siguiendo", "seguiti", "seguindo", "obserwowani", "takip edilen", "mengikuti", "フォロー中"},
	FieldTotalLikes: {"total likes", "n total likes", "hearts", "heart", "heart count", "total hearts", "likes total", "total des likes", "totaal likes", "likes gesamt"},
	FieldTotalPosts: {"total videos", "total posts", "n total vids", "n total videos", "video count", "videos count", "post count", "posts count", "media count", "uploads", "number of posts", "number of videos"},
}

var listSynonyms = headerSynonyms{
	FieldLink: {
		"link", "url", "profile", "profile link", "profile url", "channel link", "channel url",
		"lien", "lien du profil", "profil", "profiel", "profiellink", "profillink", "enlace", "perfil", "profilo", "bağlantı", "baglanti", "tautan", "リンク",
	},
	FieldTotalLikes: {"likes", "likes count"},
	FieldTotalPosts: {"videos", "posts", "publications", "berichten", "beitrage", "publicaciones", "post", "publicacoes", "posty"},
	FieldViews:      {"views avg", "avg views", "average views", "views average", "mean views", "views mean", "vues moyennes", "moyenne des vues", "gemiddelde weergaven", "durchschnittliche aufrufe", "aufrufe durchschnitt", "vistas promedio", "visualizaciones promedio", "visualizzazioni medie", "media visualizacoes", "srednia wyswietlen", "ortalama goruntulenme", "rata rata tayangan", "平均再生数"},
	FieldLikes:      {"likes avg", "avg likes", "average likes", "likes average", "mean likes", "likes mean", "likes moyens", "moyenne des likes", "gemiddelde likes", "durchschnittliche likes", "me gusta promedio", "likes promedio", "mi piace medi", "media curtidas", "srednia polubien", "ortalama begeni", "rata rata suka", "平均いいね数"},
	FieldComments:   {"comments avg", "avg comments", "average comments", "comments average", "mean comments", "comments mean", "commentaires moyens", "gemiddelde reacties", "durchschnittliche kommentare", "comentarios promedio", "commenti medi", "media comentarios", "srednia komentarzy", "ortalama yorum", "rata rata komentar", "平均コメント数"},
	FieldShares:     {"shares avg", "avg shares", "average shares", "shares average", "mean shares", "shares mean", "partages moyens", "gemiddelde shares", "durchschnittliche shares", "compartidos promedio", "condivisioni medie", "media compartilhamentos", "ortalama paylasim"},
	FieldCountry:    {"country", "country code", "region", "location", "country name", "based in", "pays", "localisation", "land", "regio", "locatie", "standort", "pais", "ubicacion", "paese", "localita", "kraj", "ulke", "konum", "negara", "lokasi", "国"},
	FieldLanguage:   {"language", "languages", "lang", "language code", "langue", "langues", "taal", "talen", "sprache", "sprachen", "idioma", "idiomas", "lingua", "lingue", "jezyk", "dil", "bahasa", "言語"},
	FieldCategory: {
		"category", "categories", "category 1", "category 2", "category 3", "commercecategory", "commerce category", "niche", "niches", "topic", "topics", "vertical", "tribe", "tribes", "tribu", "tribus", "genre",
		"categorie", "thematique", "categorieen", "onderwerp", "kategorie", "thema", "categoria", "tema", "kategoria", "kategori", "カテゴリ", "カテゴリー",
	},
	FieldAsOf: {"as of", "date", "updated at", "last updated", "figures of", "chiffres du", "cijfers van"},
}

var videoSynonyms = headerSynonyms{
	FieldPostID:   {"id", "video id", "post id", "aweme id", "media id", "item id"},
	FieldPostedAt: {"create time", "create time iso", "created at", "posted at", "published at", "publish date", "published", "timestamp", "date", "upload date", "taken at"},
	FieldDuration: {"video length", "duration", "length", "video duration", "video meta duration"},
	FieldCaption:  {"caption", "description", "desc", "text", "title"},
	FieldHashtags: {"hashtags", "tags", "challenges"},
	FieldViews:    {"n plays", "plays", "play count", "views", "view count", "n views", "video views", "vues", "weergaven", "aufrufe", "vistas", "visualizzazioni"},
	FieldLikes:    {"n likes", "likes", "like count", "digg count", "collects", "j aime", "me gusta"},
	FieldComments: {"n comments", "comments", "comment count", "commentaires", "reacties", "kommentare", "comentarios", "commenti"},
	FieldShares:   {"n shares", "shares", "share count", "partages"},
}

// identityHeaders may hold the handle, the display name or the profile's address:
// what is in them decides. Of two that could be the handle the rank counts: the lower
// one says so more clearly.
var identityHeaders = map[string]int{
	"handle": 0, "username": 0, "user name": 0, "unique id": 0, "login": 0, "screen name": 0, "channel handle": 0,
	"nom d utilisateur": 0, "gebruikersnaam": 0, "benutzername": 0, "nombre de usuario": 0, "usuario": 0, "nome utente": 0, "nome de usuario": 0, "nazwa uzytkownika": 0, "kullanici adi": 0, "nama pengguna": 0, "ユーザー名": 0, "identifiant": 0,
	"user": 1, "account": 1, "account name": 1, "creator": 1, "influencer": 1, "tiktoker name": 1, "tiktoker": 1, "instagrammer": 1, "youtuber": 1, "streamer": 1, "compte": 1, "konto": 1, "cuenta": 1, "conta": 1, "hesap": 1, "akun": 1,
	"name": 2, "nick": 2, "nickname": 2, "nick name": 2, "channel": 2, "channel name": 2, "youtuber name": 2, "nom": 2, "naam": 2, "nombre": 2, "nome": 2, "nazwa": 2, "isim": 2, "nama": 2, "名前": 2, "pseudo": 2, "kanal": 2, "chaine": 2, "kanaal": 2, "canal": 2,
	"display name": 3, "anzeigename": 3, "nom affiche": 3, "weergavenaam": 3, "nombre para mostrar": 3, "nome visualizzato": 3, "nome de exibicao": 3, "full name": 3, "real name": 3, "influencer name": 3, "creator name": 3, "channel title": 3, "title": 3, "nom complet": 3, "volledige naam": 3, "vollstandiger name": 3, "nombre completo": 3, "nome completo": 3,
	"channel id": 2,
}

// platformWords name a platform in a header.
var platformWords = map[string]string{
	"tiktok": platform.TikTok, "instagram": platform.Instagram, "insta": platform.Instagram, "ig": platform.Instagram,
	"youtube": platform.YouTube, "yt": platform.YouTube, "twitch": platform.Twitch,
	"tiktoker": platform.TikTok, "instagrammer": platform.Instagram, "youtuber": platform.YouTube,
}

// wrappers are the objects in which files of posts put what they say of an account or
// a post; they stand before the header proper.
var wrappers = []string{"author meta", "author info", "author stats", "author", "owner", "user info", "user", "statistics", "stats v2", "stats", "profile", "snippet", "video meta", "item", "node", "creator", "channel"}

// units are what a header says of all its numbers.
var units = map[string]int64{"k": 1e3, "thousands": 1e3, "m": 1e6, "mio": 1e6, "mln": 1e6, "million": 1e6, "millions": 1e6}

// header is a column's title as it is understood.
type header struct {
	words    string // normalised, without the name of a platform
	full     string // with it
	platform string // that it names
	unit     int64  // of its numbers, 1 in general
}

// parseHeaderCell understands the title of a column.
func parseHeaderCell(cell string) header {
	words := strings.Fields(normaliseHeader(cell))
	h := header{full: strings.Join(words, " "), unit: 1}
	if n := len(words); n > 1 && units[words[n-1]] > 0 && strings.ContainsAny(cell, "([") {
		h.unit, words = units[words[n-1]], words[:n-1]
		if n := len(words); words[n-1] == "in" && n > 1 {
			words = words[:n-1]
		}
	}
	words = joinPlatformNames(words)
	var rest []string
	for _, w := range words {
		if p := platformWords[w]; p != "" && h.platform == "" {
			h.platform = p
			if len(w) > len(p) || len(words) == 1 { // tiktoker is a person's title too
				rest = append(rest, w)
			}
			continue
		}
		rest = append(rest, w)
	}
	h.words = strings.Join(rest, " ")
	return h
}

// joinPlatformNames undoes what the change of case did to TikTok and YouTube.
func joinPlatformNames(words []string) []string {
	var joined []string
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) && (words[i] == "tik" && words[i+1] == "tok" || words[i] == "you" && words[i+1] == "tube") {
			joined = append(joined, words[i]+words[i+1])
			i++
			continue
		}
		joined = append(joined, words[i])
	}
	return joined
}

// normaliseHeader is a header as it is compared: words of small letters and figures,
// without accents, one word where the case changes.
func normaliseHeader(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if lower && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	folded := text.RemoveAccents(text.Fold(b.String()))
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// fieldOf is what a header means in one kind of file, "" for nothing.
func fieldOf(words string, known ...headerSynonyms) Field {
	for _, all := range known {
		for field, names := range all {
			if slices.Contains(names, words) {
				return field
			}
		}
	}
	return ""
}

// inner is the header without the object that it stands in: "author meta fans" is "fans".
func (h header) inner() string {
	for _, w := range wrappers {
		if rest, ok := strings.CutPrefix(h.words, w+" "); ok {
			return rest
		}
	}
	return ""
}

// ownTitles are titles that together only the site's own exports have: in CSV, and in
// workbooks in English, French and Dutch.
var ownTitles = [][]string{
	{"median views", "posts counted", "growth 30", "cpm"},
	{"median views", "posts counted", "growth over 30 days", "expected cpm"},
	{"vues medianes", "publications comptees", "croissance sur 30 jours", "cpm attendu"},
	{"mediane weergaven", "getelde posts", "groei in 30 dagen", "verwachte cpm"},
}

// isOwnExport says whether the site itself wrote a file.
func isOwnExport(headers []header) bool {
	return slices.ContainsFunc(ownTitles, func(titles []string) bool {
		return !slices.ContainsFunc(titles, func(title string) bool {
			return !slices.ContainsFunc(headers, func(h header) bool { return h.full == title })
		})
	})
}
