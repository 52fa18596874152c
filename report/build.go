package report

import (
	"fmt"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

// Input is everything a check report is made of.
type Input struct {
	Organisation *survey.Organisation
	Programme    string
	Iteration    survey.Iteration
	Round        *survey.Round
	Results      *tally.Results
	Earlier      []Earlier // counted rounds before, oldest first
	Language     locale.Language
	Own          locale.Language // of what people typed; empty = not known
	Version      int             // of the report, from 1
	Reason       string          // why there is another version, empty for the first
	Software     string          // version of the program, may be empty
	Events       []survey.Event  // of this and the iterations before (decision 26)
	Elsewhere    bool            // the answers were collected elsewhere: nothing is promised about how
	Alone        bool            // the answers alone are told: nothing is said of modules that are not there
	Modules      Modules         // what the programme knows beside the answers
	Logo         *survey.Logo    // on the cover; nil = there is none
}

// Earlier is a counted round of the programme before this one.
type Earlier struct {
	Iteration int // its number
	Round     *survey.Round
	Results   *tally.Results
}

// builder holds what the pages share.
type builder struct {
	Input
	p      *locale.Printer
	zone   *time.Location // of the organisation
	total  *tally.GroupResult
	before *Earlier // that the results are compared with, nil in the first round
	small  bool     // enough answers to show something, too few for more than a tendency
	day    string   // from which lateness is judged, YYYY-MM-DD

	fired     []candidate // what the finding rules found, strongest first
	proposals []proposal
	found     []Found    // what the summary tells or leaves out
	cut       []fullText // that was shortened
}

// indicativeRound is the number of answers below which a whole round is indicative only.
const indicativeRound = 20

// Build says what the report contains. It fails if the time zone of the organisation
// is unknown or a result is no number.
func Build(in Input) (*Document, error) {
	zone, err := time.LoadLocation(in.Organisation.Zone)
	if err != nil {
		return nil, fmt.Errorf("report of round %s: %w", in.Round.ID, err)
	}
	b := &builder{Input: in, p: locale.New(in.Language), zone: zone}
	b.total, b.before = b.group(tally.Group{}), b.compared()
	b.small = in.Results.Ballots != nil && *in.Results.Ballots < indicativeRound
	b.takeModules()
	if in.Results.Ballots != nil && b.total != nil {
		b.fired = b.candidates()
		b.proposals = b.propose()
		b.dropUndecided()
	}
	d, err := b.document()
	if err != nil {
		return nil, fmt.Errorf("report of round %s: %w", in.Round.ID, err)
	}
	if in.Results.Ballots == nil || b.total == nil {
		d.Pages = []Page{b.cover(d), b.invited(), b.notice(), b.anonymity(d)}
		return d, nil
	}
	if b.small {
		d.Ribbon = b.t("ribbon")
	}
	d.Proposals = b.proposed()
	d.Pages = b.pages(d)
	d.Found = b.found
	b.refer(d)
	return d, nil
}

// document is the report without its pages.
func (b *builder) document() (*Document, error) {
	id := fmt.Sprintf("%s-I%02d-B%d", strings.ToUpper(b.Organisation.Key), b.Iteration.Number, b.Version)
	data, hash, err := b.canonical()
	if err != nil {
		return nil, err
	}
	iteration := b.t("iteration", "number", b.Iteration.Number)
	return &Document{
		Language: b.Language, Title: b.t("kind"), Organisation: b.Organisation.Name, ID: id, Hash: hash,
		Programme: b.Programme + " · " + iteration, Subject: b.Programme + ", " + iteration,
		Foot:   b.t("foot", "confidentiality", b.t("confidentiality"), "id", id, "hash", shortHash(hash)),
		PageOf: b.t("page"), Created: b.made(b.Results.CountedAt), Software: b.Software, Files: b.files(data, hash), Brand: brand(b.Organisation),
	}, nil
}

// pages are those of a round with results, in order.
func (b *builder) pages(d *Document) []Page {
	pages := append([]Page{b.cover(d), b.summary()}, b.participation()...)
	if b.asks(acceptanceKey) {
		pages = append(pages, b.acceptance())
	}
	pages = append(pages, b.answers()...)
	pages = append(pages, b.matrix()...)
	if b.hasStages() {
		pages = append(pages, b.stages()...)
	}
	for _, more := range []func() []Page{b.drivers, b.maturity, b.goals, b.quickWins, b.voices, b.actions, b.decisions} {
		pages = append(pages, more()...)
	}
	pages = append(pages, b.method())
	pages = append(pages, b.data()...)
	pages = append(pages, b.fullTexts()...)
	return append(pages, b.anonymity(d))
}

// refer fills in the page numbers of what leads to other pages.
func (b *builder) refer(d *Document) {
	for _, p := range d.Pages {
		for i, block := range p.Blocks {
			switch f := block.(type) {
			case Findings:
				for j := range f.Rows {
					b.lead(d, &f.Rows[j].Reference)
				}
			case Cards:
				for j := range f.Rows {
					b.lead(d, &f.Rows[j].Reference)
				}
			case DecisionBox:
				b.lead(d, &f.Reference)
				f.Note = b.t("summary.decide-note", "page", f.Number)
				p.Blocks[i] = f
			}
		}
	}
}

// lead fills in a reference; one to a page that is not there stays empty.
func (b *builder) lead(d *Document, r *Reference) {
	if n := number(d.Pages, r.Page, r.about); n > 0 {
		r.Number, r.Ref = n, b.t("see-page", "page", n)
	}
}

// at leads to a page, of several with that name to the one about a question or construct.
func at(page string, about ...string) Reference {
	return Reference{Page: page, about: strings.Join(about, "")}
}

// number gives the number of the page of a name, of several the one that is about a
// question or construct; 0 if there is none.
func number(pages []Page, name, about string) int {
	first := 0
	for i, p := range pages {
		if p.Name != name {
			continue
		}
		if first == 0 {
			first = i + 1
		}
		for _, key := range p.about {
			if key == about {
				return i + 1
			}
		}
	}
	return first
}

// t gives a text of the report's catalogue.
func (b *builder) t(key string, args ...any) string { return b.p.T("report."+key, args...) }

// told gives the key of what is told of answers collected elsewhere, if that differs.
func (b *builder) told(key string) string {
	if other := key + "-elsewhere"; b.Elsewhere && b.p.Has("report."+other) {
		return other
	}
	return key
}

// asks says that the round asked items of a construct.
func (b *builder) asks(construct string) bool {
	return len(b.Round.Questionnaire.ItemsOf(construct)) > 0
}

// group gives the result of a group; nil if it is no candidate or withheld.
func (b *builder) group(g tally.Group) *tally.GroupResult { return find(b.Results, g) }

func find(r *tally.Results, g tally.Group) *tally.GroupResult {
	for i := range r.Groups {
		if r.Groups[i].Group == g && r.Groups[i].State != tally.Protected {
			return &r.Groups[i]
		}
	}
	return nil
}

// construct gives a construct of a group; the zero value shows nothing.
func construct(g *tally.GroupResult, key string) tally.ConstructResult {
	if g != nil {
		for _, c := range g.Constructs {
			if c.Key == key {
				return c
			}
		}
	}
	return tally.ConstructResult{}
}

func item(g *tally.GroupResult, key string) tally.ItemResult {
	if g != nil {
		for _, i := range g.Items {
			if i.Key == key {
				return i
			}
		}
	}
	return tally.ItemResult{}
}

// headline gives the last counted check round of an earlier iteration, nil without
// one (decision 16).
func (b *builder) headline() *Earlier {
	for i := len(b.Earlier) - 1; i >= 0; i-- {
		if e := &b.Earlier[i]; e.Round.Kind == survey.CheckRound && e.Iteration < b.Iteration.Number {
			return e
		}
	}
	return nil
}

// processes gives the processes that people were invited for, in catalogue order;
// roles the roles.
func (b *builder) processes() []survey.Named {
	return b.asked(b.Organisation.Processes, func(k string) tally.Group { return tally.Group{Process: k} })
}

func (b *builder) roles() []survey.Named {
	return b.asked(b.Organisation.Roles, func(k string) tally.Group { return tally.Group{Role: k} })
}

func (b *builder) asked(list []survey.Named, group func(string) tally.Group) []survey.Named {
	candidates := map[tally.Group]bool{}
	for _, g := range b.Results.Groups {
		candidates[g.Group] = true
	}
	var asked []survey.Named
	for _, n := range list {
		if candidates[group(n.Key)] {
			asked = append(asked, n)
		}
	}
	return asked
}

// live is the box below titles: x, width and the places of rows are the design's.
const (
	left   = 25.0
	width  = 165.0
	top    = 59.0
	bottom = 275.0
)
