package apitest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	oidclib "github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"pulscheck/api"
	"pulscheck/api/session"
	"pulscheck/api/web"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// home is where pulscheck is in these tests.
const home = "https://puls.nordlicht.example"

// provider is the OpenID provider of zitadel/oidc with its sample people, who are in
// groups, and faults that a test asks for.
type provider struct {
	*storage.Storage
	server *httptest.Server
	groups []string
	over   bool          // its tokens are out of date when they are made
	other  bool          // its tokens are made for another client
	proved time.Duration // how long ago it says that somebody signed in; 0 = just now
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{}
	var handler http.Handler
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(p.server.Close)
	storage.RegisterClients(storage.WebClient("pulscheck", "secret of the client", home+session.CallbackPath))
	p.Storage = storage.NewStorage(storage.NewUserStore(p.server.URL))
	before := slog.Default()
	handler = exampleop.SetupServer(p.server.URL, p, slog.New(slog.DiscardHandler), false)
	slog.SetDefault(before)
	return p
}

// SetUserinfoFromToken adds the groups to what the provider tells of somebody.
func (p *provider) SetUserinfoFromToken(ctx context.Context, info *oidclib.UserInfo, tokenID, subject, origin string) error {
	if err := p.Storage.SetUserinfoFromToken(ctx, info, tokenID, subject, origin); err != nil {
		return err
	}
	info.AppendClaims("groups", p.groups)
	return nil
}

// client is one with the faults.
type client struct {
	op.Client
	p *provider
}

func (c client) IDTokenLifetime() time.Duration {
	if c.p.over {
		return -time.Hour
	}
	return c.Client.IDTokenLifetime()
}

func (c client) GetID() string {
	if c.p.other {
		return "another"
	}
	return c.Client.GetID()
}

// GetClientByClientID implements op.Storage.
func (p *provider) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	one, err := p.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return client{one, p}, nil
}

// otherRequest is that of another client.
type otherRequest struct{ op.AuthRequest }

func (otherRequest) GetClientID() string   { return "another" }
func (otherRequest) GetAudience() []string { return []string{"another"} }

// oldRequest is that of somebody who signed in before, whatever was asked for.
type oldRequest struct {
	op.AuthRequest
	at time.Time
}

func (r oldRequest) GetAuthTime() time.Time { return r.at }

// AuthRequestByCode implements op.Storage.
func (p *provider) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	r, err := p.Storage.AuthRequestByCode(ctx, code)
	if err == nil && p.other {
		return otherRequest{r}, nil
	}
	if err == nil && p.proved > 0 {
		return oldRequest{r, r.GetAuthTime().Add(-p.proved)}, nil
	}
	return r, err
}

// signIn goes through the provider's own pages, from where pulscheck sends one to where
// it sends one back, and gives the address there.
func (p *provider) signIn(t *testing.T, address string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), home) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	answer, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("provider: %d %s", answer.StatusCode, body)
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(p.server.URL, "http://"), ":")
	answer, err = c.PostForm(p.server.URL+"/login/username", url.Values{
		"id": {answer.Request.URL.Query().Get("authRequestID")}, "username": {"test-user@" + host}, "password": {"verysecure"},
	})
	if err != nil {
		t.Fatal(err)
	}
	back := answer.Header.Get("Location")
	if !strings.HasPrefix(back, home) {
		body, _ := io.ReadAll(answer.Body)
		t.Fatalf("the provider leads to %q: %d %s", back, answer.StatusCode, body)
	}
	return strings.TrimPrefix(back, home)
}

// TestOIDC signs in at a real OpenID provider, by group and by invitation, and refuses
// whatever does not prove who is there.
func TestOIDC(t *testing.T) {
	p := newProvider(t)
	w := newWorld(t, storetest.SQLite(t))
	w.now = time.Now() // that of the provider
	clock := func() time.Time { return w.now }
	serve := func(groups ...account.GroupRole) {
		w.server = api.New(api.Options{
			Participation: w.service, Ready: w.store.Ping, Now: clock, Log: slog.New(slog.DiscardHandler),
			Pages: &web.Options{Service: w.service, Replies: w.store, Now: clock, OIDC: session.NewOIDC(session.OIDCOptions{
				Issuer: p.server.URL, ClientID: "pulscheck", ClientSecret: "secret of the client", BaseURL: home, Claim: "groups",
				Groups: groups, Key: []byte("key of the installation"), Now: clock,
			})},
		})
	}
	begin := func(d *desk) string { return d.send("GET", "/login/oidc?next=/account", nil).header.Get("Location") }

	serve(account.GroupRole{Group: "itsm", Role: account.Lead, Organisation: w.own["okey"]}, account.GroupRole{Group: "ops", Role: account.Operator})
	d := w.nobody()
	if got := d.get(p.signIn(t, begin(d))); got.status != http.StatusUnauthorized || !strings.Contains(got.text("#problem"), "keine Rolle") {
		t.Errorf("in no group: %d %s", got.status, got.text("main"))
	}
	p.groups = []string{"everybody", "itsm"}
	d = w.nobody()
	back := p.signIn(t, begin(d))
	stolen := w.nobody() // another browser, with what the provider sent back
	if got := stolen.get(back); got.status != http.StatusUnauthorized {
		t.Errorf("in another browser: %d", got.status)
	}
	flow := d.cookies["__Host-oidc"]
	got := d.get(back).want(200)
	if got.path != "/account" || got.text(".self p") != "Test User · Programmleitung" {
		t.Errorf("signed in at %s as %q", got.path, got.text(".self p"))
	}
	replay := w.nobody()
	replay.cookies["__Host-oidc"] = flow
	if got := replay.get(back); got.status != http.StatusUnauthorized {
		t.Errorf("replay: %d", got.status)
	}
	p.groups = []string{"ops"}
	d = w.nobody()
	if got := d.get(p.signIn(t, begin(d))).want(200).text(".self p"); got != "Test User · Betrieb" {
		t.Errorf("with another group signed in as %q", got)
	}
	refused := func(what string, change func(address string) string, back func(string) string) {
		t.Helper()
		d := w.nobody()
		if got := d.get(back(p.signIn(t, change(begin(d))))); got.status != http.StatusUnauthorized || d.cookies["__Host-session"] != "" {
			t.Errorf("%s: %d at %s", what, got.status, got.path)
		}
	}
	same := func(s string) string { return s }
	with := func(name, value string) func(string) string {
		return func(address string) string {
			u, err := url.Parse(address)
			w.check(err)
			q := u.Query()
			q.Set(name, value)
			u.RawQuery = q.Encode()
			return u.String()
		}
	}
	refused("wrong nonce", with("nonce", "another"), same)
	refused("wrong PKCE", with("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), same)
	refused("wrong state", same, with("state", "another"))
	p.over = true
	refused("expired", same, same)
	p.over, p.other = false, true
	refused("wrong audience", same, same)
	p.other = false
	p.proved = 13 * time.Hour
	refused("signed in yesterday", same, same)
	p.proved = 0
	w.staysProved(p, begin)
	d = w.nobody()
	back = p.signIn(t, begin(d))
	w.now = w.now.Add(11 * time.Minute)
	if got := d.get(back); got.status != http.StatusUnauthorized {
		t.Errorf("after 11 minutes: %d", got.status)
	}
	w.now = time.Now()
	d = w.nobody()
	d.get(p.signIn(t, begin(d))).want(200)
}

// staysProved: before what is dangerous the provider asks again; one that does not is told
// so and not asked without end. A log-in takes the place of the session before.
func (w *world) staysProved(p *provider, begin func(*desk) string) {
	w.t.Helper()
	d := w.nobody()
	p.proved = time.Hour
	d.get(p.signIn(w.t, begin(d))).want(200)
	before := d.cookies["__Host-session"]
	asked := d.toProvider("/users/new")
	if !strings.Contains(asked, "prompt=login") || !strings.Contains(asked, "max_age=600") {
		w.t.Fatalf("before what is dangerous one is sent to %s", asked)
	}
	if got := d.get(p.signIn(w.t, asked)); got.status != http.StatusForbidden || !strings.Contains(got.text("main"), "nicht noch einmal nach Ihnen gefragt") {
		w.t.Errorf("a provider that does not ask: %d %s", got.status, got.text("main"))
	}
	p.proved = 0
	if got := d.get(p.signIn(w.t, d.toProvider("/users/new"))).want(200); got.path != "/users/new" {
		w.t.Errorf("proved, but at %s", got.path)
	}
	if _, _, err := w.service.FindSession(ctx, before); err == nil || before == d.cookies["__Host-session"] {
		w.t.Error("the session before goes on")
	}
}

// toProvider follows redirects as far as the provider and gives the address there.
func (d *desk) toProvider(path string) string {
	d.w.t.Helper()
	for range 5 {
		p := d.send(http.MethodGet, path, nil)
		if path = p.header.Get("Location"); strings.HasPrefix(path, "http") || path == "" {
			break
		}
	}
	return path
}

// TestOIDCTakesNoAccountOver: an address that the provider claims opens an account that
// waits for its first log-in, never one with a password of its own.
func TestOIDCTakesNoAccountOver(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	who := account.Identity{Issuer: "https://id.example", Subject: "1", Email: "Kim@nordlicht.example", Name: "Kim", Proved: w.now}
	if _, err := w.service.SignInAs(ctx, who, nil); err == nil {
		t.Error("nobody invited, but signed in")
	}
	code, err := w.service.CreateOperator(ctx, account.System(), "kim@nordlicht.example", "de")
	w.check(err)
	unverified := who
	unverified.Email = ""
	if _, err := w.service.SignInAs(ctx, unverified, nil); err == nil {
		t.Error("an address that nobody verified opens an account")
	}
	second := who
	second.Subject = "2"
	_, err = w.service.SignInAs(ctx, second, nil)
	w.check(err)
	w.nobody().setUp(code)
	if _, err := w.service.SignInAs(ctx, who, nil); err == nil {
		t.Error("an account with a password is taken over")
	}
}
