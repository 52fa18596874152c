package survey

import "time"

// Phase is where an iteration stands in the PDCA cycle.
type Phase string

// The phases.
const (
	Plan  Phase = "PLAN"
	Do    Phase = "DO"
	Check Phase = "CHECK"
	Act   Phase = "ACT"
)

// Iteration is one PDCA cycle. Number counts from 1 within the programme.
type Iteration struct {
	ID        IterationID
	Programme ProgrammeID
	Number    int
	Phase     Phase
	Starts    time.Time
	Ends      time.Time
}
