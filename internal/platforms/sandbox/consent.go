package sandbox

import (
	"crypto/rand"
	_ "embed" // the page and its style
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// accountsShown is the number of accounts that the page lists; the others are found by
// searching.
const accountsShown = 50

var (
	//go:embed consent.html
	consentHTML string
	//go:embed consent.css
	consentCSS []byte

	consentPage = template.Must(template.New("consent").Parse(consentHTML))
)

// consentRequest is what the client app requests in the URL of the page.
type consentRequest struct {
	*oauthDialect
	redirectURI, state, challenge string
	wanted                        []string
	offline                       bool
}

// consentProps is the content of the page.
type consentProps struct {
	Lang, Query, Wrong string
	Title, Lead        string
	Text               consentTexts
	Asked              map[string]string // the client's own parameters
	Scopes             []scopeProps
	Accounts           []accountProps
	Count              string
}

type scopeProps struct {
	Name, Label string
	Ticked      bool
}

type accountProps struct {
	OpenID, Continue, Name, Followers, Videos, Fault string
}

func (s *Sandbox) showConsent(d *oauthDialect, w http.ResponseWriter, r *http.Request) {
	ask, ok := s.readConsentRequest(d, w, r)
	if !ok {
		return
	}
	q := r.URL.Query()
	tag, text := consentTextsFor(r.Header.Get("Accept-Language"))
	found, total := s.findAccounts(d.name, q.Get("q"), accountsShown)
	p := message.NewPrinter(tag)
	props := consentProps{
		Lang: tag.String(), Title: fmt.Sprintf(text.Title, d.title), Lead: fmt.Sprintf(text.Lead, d.title), Text: text,
		Query: q.Get("q"), Asked: map[string]string{}, Count: p.Sprintf(text.Count, len(found), total),
	}
	for _, name := range []string{"client_key", "client_id", "response_type", "scope", "redirect_uri", "state", "code_challenge", "code_challenge_method", "access_type", "prompt"} {
		if q.Has(name) {
			props.Asked[name] = q.Get(name)
		}
	}
	for _, name := range ask.wanted {
		ticked := !q.Has("chosen") || slices.Contains(q["grant"], name)
		props.Scopes = append(props.Scopes, scopeProps{name, text.scope(name), ticked})
	}
	for _, a := range found {
		props.Accounts = append(props.Accounts, accountProps{
			a.OpenID, p.Sprintf(text.Continue, a.Username), a.DisplayName,
			p.Sprintf(text.Followers, a.Followers), p.Sprintf(text.Videos, a.VideoCount), a.Fault.String(),
		})
	}
	showPage(w, http.StatusOK, ask.redirectURI, props)
}

func (s *Sandbox) takeConsent(d *oauthDialect, w http.ResponseWriter, r *http.Request) {
	ask, ok := s.readConsentRequest(d, w, r)
	if !ok {
		return
	}
	if err := r.ParseForm(); err != nil {
		s.showRefusal(d, w, r, "The form is not readable.")
		return
	}
	if r.PostForm.Get("decision") == "refuse" {
		ask.redirectBack(w, r, maps.Clone(d.denied))
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	account, known := s.accounts[accountKey{d.name, r.PostForm.Get("account")}]
	if !known {
		s.showRefusal(d, w, r, "The account is unknown.")
		return
	}
	granted := slices.DeleteFunc(ask.wanted, func(name string) bool { return !slices.Contains(r.PostForm["grant"], name) })
	value := rand.Text() + "*0!4358.e1" // real codes contain such characters, and clients trip over them
	s.codes[value] = authorizationCode{&grantedConsent{of: account.accountKey(), scopes: granted, offline: ask.offline}, ask.redirectURI, ask.challenge, s.clock().Add(d.codeLife)}
	q := url.Values{"code": {value}}
	if d.grantedParameter != "" {
		q.Set(d.grantedParameter, strings.Join(granted, d.separator))
	}
	ask.redirectBack(w, r, q)
}

// readConsentRequest checks the client app's request. Without a valid redirect URI the
// page shows what is wrong, otherwise the client gets the error.
func (s *Sandbox) readConsentRequest(d *oauthDialect, w http.ResponseWriter, r *http.Request) (consentRequest, bool) {
	q := r.URL.Query()
	ask := consentRequest{
		oauthDialect: d, redirectURI: q.Get("redirect_uri"), state: q.Get("state"), challenge: q.Get("code_challenge"),
		offline: q.Get("access_type") == "offline" && q.Get("prompt") == "consent",
	}
	s.mu.Lock()
	registered := slices.Contains(s.redirects, ask.redirectURI)
	s.mu.Unlock()
	if q.Get(d.clientParameter) != s.opts.ClientKey {
		s.showRefusal(d, w, r, d.clientParameter)
		return ask, false
	}
	if !registered || !lawfulRedirect(ask.redirectURI) {
		s.showRefusal(d, w, r, "redirect_uri")
		return ask, false
	}
	if scope := q.Get("scope"); scope != "" || !d.noScope {
		ask.wanted = strings.Split(scope, d.separator)
	}
	switch {
	case q.Get("response_type") != "code":
		ask.redirectBack(w, r, url.Values{"error": {"unsupported_response_type"}, "error_description": {"The response type has to be code."}})
	case slices.ContainsFunc(ask.wanted, func(name string) bool { return !slices.Contains(d.scopes, name) }):
		ask.redirectBack(w, r, url.Values{"error": {"invalid_scope"}, "error_description": {"Scopes have to be known, and separated as the platform does."}})
	case ask.challenge != "" && q.Get("code_challenge_method") != "S256":
		ask.redirectBack(w, r, url.Values{"error": {"invalid_request"}, "error_description": {"The code challenge method has to be S256."}})
	default:
		return ask, true
	}
	return ask, false
}

// lawfulRedirect applies the strictest platform's rules for callbacks, except for https.
func lawfulRedirect(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") && !strings.ContainsAny(uri, "?#") && len(uri) < 512
}

// redirectBack redirects to the client app, with its state.
func (a consentRequest) redirectBack(w http.ResponseWriter, r *http.Request, q url.Values) {
	if a.state != "" {
		q.Set("state", a.state)
	}
	http.Redirect(w, r, a.redirectURI+"?"+q.Encode()+a.callbackSuffix, http.StatusSeeOther) //nolint:gosec // only after consentRequest has found the address among the registered ones
}

// showRefusal shows that the request itself is invalid, and why.
func (s *Sandbox) showRefusal(d *oauthDialect, w http.ResponseWriter, r *http.Request, what string) {
	tag, text := consentTextsFor(r.Header.Get("Accept-Language"))
	showPage(w, http.StatusBadRequest, "", consentProps{Lang: tag.String(), Title: text.WrongTitle, Lead: fmt.Sprintf(text.WrongLead, d.title), Text: text, Wrong: what})
}

func showPage(w http.ResponseWriter, status int, redirectURI string, props consentProps) {
	// Browsers also apply form-action to the redirect that follows the form.
	formAction := "'self'"
	if u, err := url.Parse(redirectURI); err == nil && u.Host != "" {
		formAction += " " + u.Scheme + "://" + u.Host
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Language")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action "+formAction)
	w.WriteHeader(status)
	_ = consentPage.Execute(w, props) // the client has left
}

func showStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write(consentCSS)
}

// consentTextsFor picks the language that the browser prefers.
func consentTextsFor(accept string) (language.Tag, consentTexts) {
	wanted, _, _ := language.ParseAcceptLanguage(accept) // none: English
	_, i, _ := language.NewMatcher([]language.Tag{language.English, language.French, language.Dutch}).Match(wanted...)
	return [...]language.Tag{language.English, language.French, language.Dutch}[i], [...]consentTexts{english, french, dutch}[i]
}
