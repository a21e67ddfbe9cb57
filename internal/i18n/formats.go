package i18n

// localeFormat is how a language writes numbers and dates, according to the Unicode CLDR,
// with British dates for English.
type localeFormat struct {
	decimal, group string
	percent        string // after the number
	moneyFirst     bool   // the symbol comes before the number
	moneySpace     string // between symbol and number
	compact        [3]string
	symbols        map[string]string
	months         [12]string
	days           [7]string // from Sunday
	first          string    // how the first day of a month is written
	dateTime       string    // between date and time
}

const (
	noBreakSpace       = "\u00a0"
	narrowNoBreakSpace = "\u202f"
)

func localeFormatOf(l Locale) *localeFormat {
	switch l {
	case FR:
		return &french
	case NL:
		return &dutch
	}
	return &english
}

var english = localeFormat{
	decimal: ".", group: ",", percent: "%", moneyFirst: true,
	compact:  [3]string{"k", "M", "B"},
	symbols:  map[string]string{"EUR": "€", "USD": "$", "GBP": "£", "CAD": "CA$", "AUD": "A$", "JPY": "¥"},
	months:   [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
	days:     [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	first:    "1",
	dateTime: ", ",
}

var french = localeFormat{
	decimal: ",", group: narrowNoBreakSpace, percent: narrowNoBreakSpace + "%", moneySpace: noBreakSpace,
	compact:  [3]string{noBreakSpace + "k", noBreakSpace + "M", noBreakSpace + "Md"},
	symbols:  map[string]string{"EUR": "€", "USD": "$US", "GBP": "£GB", "CAD": "$CA", "AUD": "$AU"},
	months:   [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
	days:     [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
	first:    "1er",
	dateTime: " à ",
}

var dutch = localeFormat{
	decimal: ",", group: ".", percent: "%", moneyFirst: true, moneySpace: noBreakSpace,
	compact:  [3]string{"k", noBreakSpace + "mln.", noBreakSpace + "mld."},
	symbols:  map[string]string{"EUR": "€", "USD": "US$", "GBP": "£", "CAD": "C$", "AUD": "AU$", "JPY": "JP¥"},
	months:   [12]string{"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
	days:     [7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
	first:    "1",
	dateTime: ", ",
}
