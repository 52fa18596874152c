package participation_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/participation"
	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

const roundID = "r1"

// memory is a Service over real cryptography that keeps its rows in memory.
type memory struct {
	mu          sync.Mutex
	keys        *ballot.Keys
	manifest    ballot.Manifest
	canonical   []byte
	fingerprint []byte
	members     map[string]survey.Invitation
	marks       map[string][]byte
	ballots     map[string]ballot.Sealed
	board       survey.Board
	questions   map[survey.DoorCode]*survey.Question
	doorFull    bool
	closed      bool
	full        bool // nothing can be written
	away        bool // nothing answers, as without the database
}

func newMemory(t testing.TB) *memory {
	t.Helper()
	store, err := ballot.OpenKeystore(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Create(roundID)
	if err != nil {
		t.Fatal(err)
	}
	q, today := questionnaire.Check(), time.Now().UTC().Truncate(24*time.Hour) // the browser's clock is the machine's
	m := &memory{keys: keys, members: map[string]survey.Invitation{}, marks: map[string][]byte{}, ballots: map[string]ballot.Sealed{}, questions: map[survey.DoorCode]*survey.Question{}}
	m.manifest = ballot.Manifest{
		Round: roundID, Organisation: "Beispielwerke", Title: locale.Text{DE: "ITSM-Puls", EN: "ITSM pulse"},
		Opens: today.Add(-24 * time.Hour), Closes: today.Add(18*24*time.Hour + 17*time.Hour), K: 5,
		Questionnaire: ballot.DescribeQuestionnaire(q), Invited: 148,
		Processes: choices(questionnaire.Processes()), Roles: choices(questionnaire.Roles()),
		Units: []ballot.Choice{{Key: "it", Name: locale.Text{DE: "IT-Betrieb", EN: "IT operations"}}},
	}
	m.manifest.Zone, m.manifest.Contact = "Europe/Berlin", &locale.Text{DE: "Offene Tür: Di 9–10 Uhr, Raum 2.14", EN: "Open door: Tue 9–10, room 2.14"}
	m.board = survey.Board{Programme: "p1", Ends: today.AddDate(0, 0, 40).Format(time.DateOnly), Offers: []survey.Offer{
		{Process: "INC", Who: "Prozessbüro", When: both("Di 9–10 Uhr", "Tue 9–10"), Where: both("Raum 2.14", "Room 2.14")},
		{Process: "CHG", Role: "owner", Who: "M. Kern", When: both("Do ab 14 Uhr", "Thu from 2 pm")},
		{Who: "Service-Desk", When: both("werktags 8–17 Uhr", "weekdays 8–17")},
	}, Pairs: []survey.Pair{
		{Said: both("Erfolge erfahren wir spät.", "We hear of success late."), Did: both("Meldung jeden Freitag", "News every Friday"), Status: survey.PairDone, Day: "2026-03-12"},
		{Said: both("Zu viele Felder", "Too many fields"), Status: survey.PairWorking, Day: "2026-04-01"},
		{Said: both("Eigenes Werkzeug", "A tool of our own"), Did: both("Der Vertrag läuft bis März.", "The contract runs until March."), Status: survey.PairNotYet},
	}}
	if m.canonical, m.fingerprint, err = m.manifest.Encode(keys); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *memory) Privacy(_ context.Context, id survey.RoundID) (*survey.Privacy, error) {
	if id != roundID {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &survey.Privacy{Organisation: m.manifest.Organisation, Contact: *m.manifest.Contact, K: m.manifest.K, Audited: m.board.Audited, Periods: survey.Keeps()}, nil
}

func both(de, en string) locale.Text { return locale.Text{DE: de, EN: en} }

// window moves the round in time.
func (m *memory) window(t testing.TB, opens, closes time.Time) {
	t.Helper()
	m.manifest.Opens, m.manifest.Closes = opens.UTC().Truncate(time.Second), closes.UTC().Truncate(time.Second)
	var err error
	if m.canonical, m.fingerprint, err = m.manifest.Encode(m.keys); err != nil {
		t.Fatal(err)
	}
}

func choices(entries []questionnaire.Entry) []ballot.Choice {
	var list []ballot.Choice
	for _, e := range entries {
		list = append(list, ballot.Choice{Key: e.Key, Name: e.Name})
	}
	return list
}

// invite gives a personal link's fragment.
func (m *memory) invite(handle byte, i survey.Invitation) ballot.Link {
	h := bytes.Repeat([]byte{handle}, ballot.HandleSize)
	m.members[string(h)] = i
	return m.keys.Link(h, m.fingerprint)
}

func serve(t *testing.T, s participation.Service) *httptest.Server {
	t.Helper()
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(middleware.Headers, middleware.SameOrigin())
	participation.Register(engine, s, time.Now)
	server := httptest.NewServer(engine)
	t.Cleanup(server.Close)
	return server
}

func (m *memory) Round(_ context.Context, id survey.RoundID) (*survey.Round, error) {
	if m.away {
		return nil, fault.New(fault.Unavailable, "database-unavailable")
	}
	if id != roundID {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &survey.Round{ID: id, Title: m.manifest.Title, Opens: m.manifest.Opens, Closes: m.manifest.Closes, State: survey.Open}, nil
}

func (m *memory) Manifest(ctx context.Context, id survey.RoundID) ([]byte, error) {
	if _, err := m.Round(ctx, id); err != nil {
		return nil, err
	}
	return m.canonical, nil
}

func (m *memory) Board(ctx context.Context, id survey.RoundID) (*survey.Board, error) {
	if _, err := m.Round(ctx, id); err != nil {
		return nil, err
	}
	return &m.board, nil
}

func (m *memory) Notice(_ context.Context, id survey.ProgrammeID) (*survey.Notice, error) {
	if id != m.board.Programme {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return &survey.Notice{
		Organisation: m.manifest.Organisation, Programme: "ITSM", Contact: *m.manifest.Contact, Pairs: m.board.Pairs, Counted: "2026-02-27", Ends: m.board.Ends,
	}, nil
}

func (m *memory) DrawDoorCode() (c survey.DoorCode, err error) {
	_, err = rand.Read(c[:])
	return c, err
}

func (m *memory) Ask(_ context.Context, _ survey.RoundID, code survey.DoorCode, text string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if q := m.questions[code]; q != nil && q.Text == text {
		return nil
	} else if q != nil {
		return fault.New(fault.Conflict, "question-differs")
	}
	if m.doorFull {
		return fault.New(fault.RateLimited, "door-full")
	}
	m.questions[code] = &survey.Question{Text: text, Day: "2026-03-02"}
	return nil
}

func (m *memory) ReadDoor(_ context.Context, code survey.DoorCode) (*survey.Question, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if q := m.questions[code]; q != nil {
		return q, nil
	}
	return nil, fault.New(fault.NotFound, "code-invalid")
}

func (m *memory) Invitation(ctx context.Context, id survey.RoundID, c survey.Claim) (survey.Invitation, error) {
	if _, err := m.Round(ctx, id); err != nil {
		return survey.Invitation{}, err
	}
	i, known := m.members[string(c.Handle)]
	if !known || !m.keys.CheckSecret(c.Handle, c.Secret) {
		return survey.Invitation{}, fault.New(fault.NotFound, "invitation-invalid")
	}
	return i, nil
}

func (m *memory) IssueTicket(ctx context.Context, id survey.RoundID, c survey.Claim, blinded []byte) (t survey.IssuedTicket, err error) {
	if _, err := m.Invitation(ctx, id, c); err != nil {
		return t, err
	}
	if t.Evaluated, t.Proof, err = m.keys.Evaluate(blinded); err != nil {
		return t, fault.Wrap(fault.Invalid, "blinded-message-invalid", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	mark := string(m.keys.Mark(c.Handle))
	if old, taken := m.marks[mark]; taken && !bytes.Equal(old, blinded) {
		return survey.IssuedTicket{}, fault.New(fault.Conflict, "ticket-already-issued")
	}
	m.marks[mark] = blinded
	return t, nil
}

func (m *memory) PlainTicket(ctx context.Context, id survey.RoundID, c survey.Claim) (ballot.Ticket, survey.Invitation, error) {
	i, err := m.Invitation(ctx, id, c)
	if err != nil {
		return ballot.Ticket{}, i, err
	}
	claim, err := ballot.NewClaim(roundID, m.keys.IssuerKey())
	if err != nil {
		return ballot.Ticket{}, i, err
	}
	issued, err := m.IssueTicket(ctx, id, c, claim.Blinded)
	if err != nil {
		return ballot.Ticket{}, i, err
	}
	t, err := claim.Finish(issued.Evaluated, issued.Proof)
	return t, i, err
}

func (m *memory) CastBallot(_ context.Context, _ survey.RoundID, s survey.Submission) (bool, error) {
	if !m.keys.CheckTicket(s.Ticket) {
		return false, fault.New(fault.Refused, "ticket-invalid")
	}
	payload, err := survey.CheckSubmission(&m.manifest, s.Payload)
	if err != nil {
		return false, err
	}
	sealed, err := m.keys.Seal(s.Ticket, payload)
	if err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return false, fault.New(fault.Gone, "round-closed")
	}
	if m.full {
		return false, fault.New(fault.StorageFull, "storage-full")
	}
	old, used := m.ballots[string(sealed.TicketHash)]
	if used && !bytes.Equal(old.Digest, sealed.Digest) {
		return false, fault.New(fault.Conflict, "ticket-used")
	}
	if !used {
		m.ballots[string(sealed.TicketHash)] = sealed
	}
	return !used, nil
}

func (m *memory) TicketHashes(context.Context, survey.RoundID) ([][]byte, error) {
	var list [][]byte
	for hash := range m.ballots {
		list = append(list, []byte(hash))
	}
	return list, nil
}
