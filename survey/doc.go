// Package survey holds the words and use cases of pulscheck: organisations, their
// programmes and PDCA iterations, and the rounds in which people answer. It knows
// neither HTTP nor SQL: use cases ask the small store interfaces beside them, which
// survey/store fulfils. Called by api and cmd. Next: survey/tally for counting,
// survey/ballot for tickets.
//
// Glossary
//
//	organisation  a client; nothing is ever shared between two of them but what abreast tells
//	abreast       totals of organisations side by side, for a consultant to whom each consents
//	programme     one introduction of ITSM in an organisation
//	iteration     one PDCA cycle of a programme
//	round         one survey of an iteration: kind check (before CHECK) or pulse (during DO)
//	invitation    handle and secret by which one invited person takes a ticket
//	ticket        unlinkable right to answer once (VOPRF, RFC 9497)
//	ballot        one sealed answer set
//	counting      opening all ballots of a round at once, deciding what is released
//	attributes    process, role and unit a ballot states
//	unit          organisational unit, a flat list
//	cadence       when the rounds of a programme are held
//	phase         PLAN, DO, CHECK or ACT of an iteration; each has a gate to the next
//	review        the day before opening on which an auditor may veto a round
//	comment       a free text that counting gave to the moderation queue
//	finding       what a rule of the check report found, in its words
//	edit          what somebody made of a finding before the report is issued
//	pair          "you said – we did"; everybody may read it once somebody released it
//	board         what the survey page shows beside the questions
//	open door     where a question is left without a name and answered by a code
//	record        what people promise and note down in an iteration, such as a goal
//	actor         who does something: an account's role, or the machine itself
//	limits        levels from which reports say "on track" and "watch", as an organisation sets them
//	generation    how far a database has come; one that is restored is behind what the key store noted
//	k             the smallest number of people a number may stand for
package survey
