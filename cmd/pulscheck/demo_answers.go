package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"

	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
)

// demoSheet is what one simulated person answers: whole values of the scale, or
// cannotSay; items left out are missing.
type demoSheet struct {
	values    map[string]int
	cannotSay map[string]bool
	text      string
	textKind  string
}

// demoBase is where an item stands in the first iteration, in scored direction on
// 0..1.
var demoBase = map[string]float64{
	"A1": 0.62, "A2": 0.58, "A3": 0.64, "A4": 0.52,
	"M1": 0.58, "M2": 0.64, "M3": 0.54, "M4": 0.54,
	"S1": 0.48, "S2": 0.45, "S3": 0.48, "C1": 0.56, "C2": 0.46, "L1": 0.58,
	"W1": 0.52, "V1": 0.52, "QW": 0.30,
	"B1": 0.68, "B2": 0.65, "B3": 0.65, "B4": 0.50, "B5": 0.54,
}

// demoGrowth has what was done for people: support and the telling of quick wins.
// Everything else stays as it is.
var demoGrowth = map[string]float64{
	"S1": 0.16, "S2": 0.16, "S3": 0.16,
	"C2": 0.22, "QW": 0.24,
}

// demoTold is when people hear of quick wins: what was done before nobody was told.
const demoTold = 1

// demoProcess moves a whole process; demoSlow keeps CHG from growing, and it is
// accepted less than the others.
var demoProcess = map[string]float64{"INC": 0.04, "REQ": 0.03, "CHG": -0.03, "PRB": 0.03, "CFG": -0.02}

const demoSlow = "CHG"

// demoResponse is the share of people who take part, by iteration.
var demoResponse = []float64{0.66, 0.72, 0.77}

// demoMoment is one round of the sample organisation and, of its respondents, those
// who answer at the same time.
type demoMoment struct {
	iteration     int // from 0
	round, rounds int // which of how many of the iteration, the check round last
	wave          int // 1 after the invitation, 2 after a reminder
}

// stream is a number that no other round has.
func (m demoMoment) stream() uint64 { return uint64(m.iteration<<8 | m.round) }

// progress is how many iterations have passed.
func (m demoMoment) progress() float64 {
	return float64(m.iteration) + float64(m.round+1)/float64(m.rounds) - 1
}

// demoEarly is the share of respondents who do not wait for a reminder.
const demoEarly = 0.7

// demoTakesPart says whether a person answers at a moment.
func demoTakesPart(seed uint64, person int, m demoMoment) bool {
	random := rand.New(rand.NewPCG(^seed, uint64(person)<<16|m.stream()))
	early := random.Float64() < demoEarly
	return random.Float64() < demoResponse[min(m.iteration, len(demoResponse)-1)] && early == (m.wave == 1)
}

// demoAnswer simulates one invited person who takes part at a moment. The same seed,
// person and round always give the same sheet, whoever asks first.
func demoAnswer(seed uint64, person int, at demoMoment, m survey.ProcessRole, q *questionnaire.Questionnaire) (sheet demoSheet) {
	random := rand.New(rand.NewPCG(seed, uint64(person)<<16|at.stream()))
	temper := rand.New(rand.NewPCG(seed, uint64(person)<<16|0xffff)).NormFloat64() * 0.10
	if m.Process == demoSlow {
		temper *= 2.5 // opinions about the slow process lie far apart
	}
	sheet = demoSheet{values: map[string]int{}, cannotSay: map[string]bool{}}
	for _, item := range q.Items {
		scale := q.Scales[item.Scale]
		_, mayPass := scale.Labels[questionnaire.CannotSay]
		chance := random.Float64()
		view := rand.New(rand.NewPCG(seed^demoTopic(item.Construct), uint64(person))).NormFloat64() * 0.15
		level := demoLevel(item.Key, at.progress(), m) + temper + view + random.NormFloat64()*0.17
		switch {
		case m == demoUnanimous && item.Construct == "ACC":
			sheet.values[item.Key] = demoValue(1, scale, item.Reverse)
		case mayPass && chance < demoPass(item.Key):
			sheet.cannotSay[item.Key] = true
		case chance > 0.985:
			// left open
		default:
			sheet.values[item.Key] = demoValue(level, scale, item.Reverse)
		}
	}
	if q.Comment != nil && random.Float64() < 0.34 {
		sheet.text, sheet.textKind = demoComment(m.Process, at.iteration, random)
	}
	return sheet
}

// demoTopic gives a number for a construct: people have a view on each.
func demoTopic(construct string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(construct)) // never fails
	return h.Sum64()
}

// demoLevel is where people of a process stand with an item, 0..1.
func demoLevel(key string, progress float64, m survey.ProcessRole) float64 {
	if key == survey.HeardItem {
		progress = min(max(progress-demoTold, 0), 1)
	}
	growth := demoGrowth[key] * progress
	level := demoBase[key] + demoProcess[m.Process]
	if m.Process == demoSlow {
		growth *= 0.15
		if strings.HasPrefix(key, "A") {
			level -= 0.08
		}
	}
	level += growth
	switch m.Role {
	case "manager":
		level += 0.06
	case "user":
		level -= 0.02
	}
	return level
}

// demoPass is how often an item is answered with "I cannot say".
func demoPass(key string) float64 {
	switch key {
	case "S3", "L1", "V1":
		return 0.09
	case "C2":
		return 0.13
	}
	return 0.02
}

// demoValue turns a level into a whole value of the scale as the respondent ticks it.
func demoValue(level float64, scale questionnaire.Scale, reverse bool) int {
	level = min(max(level, 0), 1)
	v := scale.Lo + int(math.Floor(level*float64(scale.Hi-scale.Lo)+0.5))
	if reverse {
		return scale.Lo + scale.Hi - v
	}
	return v
}
