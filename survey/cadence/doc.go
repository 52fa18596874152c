// Package cadence says when the rounds of an iteration open and close: a pulse round
// every few weeks of DO on a weekday of the organisation, a check round before CHECK,
// none on a weekend, a public holiday or a day the organisation named itself, none
// across a break. It is arithmetic on dates: no database, no clock, no state; the same
// Plan and dates give the same Schedule. What is done with it (drafts, jobs, the rule
// that an opened round stays as it is) is up to survey and its jobs.
//
// Rules:
//
//   - Planned days stand on a grid: the first planned weekday from DO + OffsetDays on,
//     then every EveryWeeks weeks. A round that moves does not move those after it.
//   - A round is open on OpenWorkingDays working days (Monday to Friday without free
//     days), the opening day being the first. It closes on the last of them at Closes,
//     by default 23:59: "until 14 November" includes the evening of the 14th.
//   - A planned day that is free moves to the next working day.
//   - Seven or more free days in a row, weekends included, are a break. A round that
//     would begin in it or reach across it begins on the first planned weekday after
//     it, so that no round waits while nobody is there and none begins on a broken week.
//   - A round never begins while the one before is open; it waits for the next working
//     day. But one that would begin a week late or more, and still be open on the day of
//     the next, is dropped in favour of the next, so that two do not follow each other
//     at once.
//   - A pulse round that is not over before the check round opens is dropped.
//   - The check round closes on the CheckLead-th working day before CHECK begins and is
//     counted back from there; a break pushes it to before the break.
//
// Where to go next: plan.go for what people set, round.go for what they get, schedule.go
// for the rules, calendar.go for working days, holiday.go for public holidays,
// instant.go for daylight saving.
package cadence
