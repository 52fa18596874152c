package v1

import "pulscheck/survey/tally"

// Comparison is what headline rounds of iterations displayed side by side, with the
// changes from the first to the last and in the last step. It goes out as tally wrote
// it: nothing else may.
type Comparison = tally.Comparison
