package issuer

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"tribemarket/models"
)

// The client that the issuer knows.
const (
	ClientID     = "market"
	ClientSecret = "a secret of the market"
)

// Person is somebody who can sign in at the issuer.
type Person struct {
	Sub, Email, Name string
	Verified         bool
}

// Issuer is the provider. Its fields may be changed before a sign-in, not during one.
type Issuer struct {
	URL string
	// Claims changes what the ID token says.
	Claims func(claims map[string]any)
	// Token creates the ID token from the claims; nil for a valid signature.
	Token func(claims map[string]any) string
	// UserInfoOnly keeps e-mail and name out of the ID token.
	UserInfoOnly bool
	// Answer may answer a request in the issuer's place, and then returns true.
	Answer func(w http.ResponseWriter, r *http.Request) bool
	// TokenRequests are the forms received at the token endpoint.
	TokenRequests []url.Values

	clock  models.Clock
	key    *ecdsa.PrivateKey
	mu     sync.Mutex
	people map[string]Person
	codes  map[string]url.Values // the request that each code answers, and sub
	access map[string]string     // sub by access token
}

// New starts an issuer on loopback.
func New(t testing.TB, clock models.Clock, people ...Person) *Issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i := &Issuer{clock: clock, key: key, people: map[string]Person{}, codes: map[string]url.Values{}, access: map[string]string{}}
	for _, p := range people {
		i.people[p.Sub] = p
	}
	s := httptest.NewServer(i)
	t.Cleanup(s.Close)
	i.URL = s.URL
	return i
}

// PutPerson adds a person, or changes what the issuer says about one.
func (i *Issuer) PutPerson(p Person) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.people[p.Sub] = p
}

// ServeHTTP is that of http.Handler.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if i.Answer != nil && i.Answer(w, r) {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	switch r.Method + " " + r.URL.Path {
	case "GET /.well-known/openid-configuration":
		writeJSON(w, map[string]any{
			"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token",
			"jwks_uri": i.URL + "/keys", "userinfo_endpoint": i.URL + "/me", "response_types_supported": []string{"code"},
			"id_token_signing_alg_values_supported":          []string{"ES256", "HS256", "none"},
			"authorization_response_iss_parameter_supported": true,
		})
	case "GET /keys":
		writeJSON(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: i.key.Public(), KeyID: "1", Algorithm: "ES256", Use: "sig"}}})
	case "GET /authorize":
		fmt.Fprintf(w, `<form method="post" action="/authorize?%s"><input name="sub"></form>`, html.EscapeString(r.URL.RawQuery))
	case "POST /authorize":
		i.authorize(w, r)
	case "POST /token":
		i.issueToken(w, r)
	case "GET /me":
		sub, ok := i.access[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
		if !ok {
			http.Error(w, "who?", http.StatusUnauthorized)
			return
		}
		writeJSON(w, i.personClaims(sub))
	default:
		http.NotFound(w, r)
	}
}

func (i *Issuer) authorize(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	back, err := url.Parse(asked.Get("redirect_uri"))
	if err != nil || asked.Get("client_id") != ClientID || r.ParseForm() != nil {
		http.Error(w, "an unknown client", http.StatusBadRequest)
		return
	}
	answer := url.Values{"state": {asked.Get("state")}, "iss": {i.URL}}
	if r.PostForm.Get("sub") == "" {
		answer.Set("error", "access_denied")
	} else {
		code := rand.Text()
		asked.Set("sub", r.PostForm.Get("sub"))
		i.codes[code] = asked
		answer.Set("code", code)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusSeeOther)
}

func (i *Issuer) issueToken(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	secret, _ = url.QueryUnescape(secret)
	if r.ParseForm() != nil || id != ClientID || secret != ClientSecret {
		writeError(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	i.TokenRequests = append(i.TokenRequests, r.PostForm)
	asked, ok := i.codes[r.PostForm.Get("code")]
	delete(i.codes, r.PostForm.Get("code"))
	proof := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	if !ok || r.PostForm.Get("redirect_uri") != asked.Get("redirect_uri") || asked.Get("code_challenge_method") != "S256" ||
		base64.RawURLEncoding.EncodeToString(proof[:]) != asked.Get("code_challenge") {
		writeError(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	sub := asked.Get("sub")
	claims := map[string]any{"iss": i.URL, "aud": ClientID, "sub": sub, "nonce": asked.Get("nonce"), "iat": i.clock().Unix(), "exp": i.clock().Add(5 * time.Minute).Unix()}
	if !i.UserInfoOnly {
		maps.Copy(claims, i.personClaims(sub))
	}
	if i.Claims != nil {
		i.Claims(claims)
	}
	sign := i.Token
	if sign == nil {
		sign = i.SignToken
	}
	access := rand.Text()
	i.access[access] = sub
	writeJSON(w, map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": sign(claims)})
}

func (i *Issuer) personClaims(sub string) map[string]any {
	p := i.people[sub]
	return map[string]any{"sub": sub, "email": p.Email, "email_verified": p.Verified, "name": p.Name}
}

// SignToken returns a valid ID token.
func (i *Issuer) SignToken(claims map[string]any) string {
	return SignTokenWith(jose.ES256, i.key, claims)
}

// SignTokenWith returns an ID token signed with any key, for tokens that must be refused.
func SignTokenWith(alg jose.SignatureAlgorithm, key any, claims map[string]any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "1"))
	if err != nil {
		panic(err)
	}
	text, _ := json.Marshal(claims)
	signed, err := signer.Sign(text)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

// UnsignedToken returns an ID token with the algorithm "none".
func UnsignedToken(claims map[string]any) string {
	text, _ := json.Marshal(claims)
	b64 := base64.RawURLEncoding
	return b64.EncodeToString([]byte(`{"alg":"none"}`)) + "." + b64.EncodeToString(text) + "."
}

func writeJSON(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func writeError(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": code})
}
