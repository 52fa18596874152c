package main

import (
	"slices"
	"time"
)

// percentile gives the value that a share of the durations does not exceed; 0 of none.
func percentile(took []time.Duration, share float64) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[min(len(took)-1, int(share*float64(len(took))))]
}
