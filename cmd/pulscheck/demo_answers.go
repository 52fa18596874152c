package main

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

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
// 0..1, and demoGrowth how much it gains per iteration.
var demoBase = map[string]float64{
	"A1": 0.58, "A2": 0.50, "A3": 0.62, "A4": 0.42,
	"M1": 0.50, "M2": 0.60, "M3": 0.42, "M4": 0.44,
	"S1": 0.66, "S2": 0.50, "S3": 0.58, "C1": 0.52, "C2": 0.34, "L1": 0.56,
	"W1": 0.38, "V1": 0.40, "QW": 0.36,
	"B1": 0.76, "B2": 0.70, "B3": 0.62, "B4": 0.49, "B5": 0.54,
}

var demoGrowth = map[string]float64{
	"A1": 0.05, "A2": 0.06, "A3": 0.04, "A4": 0.04,
	"M1": 0.02, "M2": 0.02, "M3": 0.05,
	"S1": 0.09, "S2": 0.11, "S3": 0.09, // support is the construct that improves
	"C1": 0.02, "C2": 0.12, "V1": 0.07, "QW": 0.12, "W1": -0.01,
	"B1": 0.02, "B2": 0.02, "B3": 0.03, "B4": 0.02, "B5": 0.02,
}

// demoProcess moves a whole process; demoSlow keeps CHG from growing.
var demoProcess = map[string]float64{"INC": 0.05, "REQ": 0.03, "CHG": -0.11, "PRB": 0.04, "CFG": -0.02}

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
		view := rand.New(rand.NewPCG(seed^demoTopic(item.Construct), uint64(person))).NormFloat64() * 0.12
		level := demoLevel(item.Key, at.progress(), m) + temper + view + random.NormFloat64()*0.17
		switch {
		case m.Role == "owner" && item.Construct == "ACC": // the unanimous group
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
	growth := demoGrowth[key] * progress
	if m.Process == demoSlow {
		growth *= 0.15
	}
	level := demoBase[key] + growth + demoProcess[m.Process]
	switch m.Role {
	case "owner", "manager":
		level += 0.09
	case "user":
		level -= 0.04
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
