package contracts

import (
	"encoding/json"

	"tribemarket/models"
)

// Text is what a contract says, as it was when its document was made. It is kept with the
// contract, so that the page shows what was signed whatever the program says later.
type Text struct {
	Language string    `json:"language"`
	Title    string    `json:"title"`
	Lead     []string  `json:"lead"`
	Parties  []Named   `json:"parties"`
	Articles []Article `json:"articles"`
	Notes    []string  `json:"notes"`
}

// Named is a party as a contract names it.
type Named struct {
	Label string   `json:"label"` // the brand, the creator
	Name  string   `json:"name"`
	Lines []string `json:"lines"`
}

// Article is one of a contract's articles.
type Article struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs,omitempty"`
	Rows       []Row    `json:"rows,omitempty"`
}

// Row is a clause within an article.
type Row struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func textPurpose(publicID string) string { return "contract text of " + publicID }

func sealText(keys *models.Keyring, publicID string, t Text) (string, error) {
	plain, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	return keys.Seal(textPurpose(publicID), plain), nil
}

func openText(keys *models.Keyring, r contractRow) (t Text, err error) {
	plain, err := keys.Open(textPurpose(r.PublicID), r.Text)
	if err == nil {
		err = json.Unmarshal(plain, &t)
	}
	return t, err
}
