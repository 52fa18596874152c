package v1

import "github.com/danielgtaylor/huma/v2"

// tags sort the operations in the description, by the words of their paths.
var tags = []*huma.Tag{
	{Name: "installation", Description: "Version, database, keys and mail of the whole installation."},
	{Name: "organisations", Description: "Clients. They never see each other."},
	{Name: "processes", Description: "The processes that are introduced."},
	{Name: "units", Description: "Organisational units."},
	{Name: "process-roles", Description: "What people are in a process; nothing to do with the roles of tokens."},
	{Name: "coaching", Description: "Where people find support; stands on the survey page."},
	{Name: "questions", Description: "Questions left at the open door. Nobody knows who asked; the answer is read with a code."},
	{Name: "people", Description: "Who may be invited. Nothing here tells who answered."},
	{Name: "programmes", Description: "Introductions of ITSM."},
	{Name: "cadence", Description: "When the rounds of a programme are held."},
	{Name: "comparison", Description: "Counted iterations side by side, for consultants whole organisations."},
	{Name: "iterations", Description: "PDCA cycles: PLAN, DO, CHECK, ACT."},
	{Name: "maturity-models", Description: "Frameworks that processes are assessed by: built-in ones and own ones in YAML."},
	{Name: "assessments", Description: "Maturity checks: assessors rate alone until all are done."},
	{Name: "goals", Description: "What an iteration wants to reach, checked by SMART."},
	{Name: "kpis", Description: "Figures that are measured again and again."},
	{Name: "measurements", Description: "Values of KPIs; sent again they change nothing."},
	{Name: "quick-wins", Description: "What people are to notice within weeks, and when they were told."},
	{Name: "improvements", Description: "What becomes of criticism."},
	{Name: "themes", Description: "What comments speak of."},
	{Name: "voices", Description: "Released comments."},
	{Name: "comments", Description: "Free texts of counted rounds, waiting for a decision. Nothing tells whose they are."},
	{Name: "pairs", Description: "You said – we did, for everybody once released."},
	{Name: "decisions", Description: "What the steering committee says to proposals."},
	{Name: "rounds", Description: "Surveys: drafts, review by the auditor, opening, closing, released results."},
	{Name: "reports", Description: "Check reports as PDF."},
	{Name: "users", Description: "People who sign in. Nothing to do with those who answer."},
	{Name: "invitations", Description: "What organisations ask of the person who is signed in."},
	{Name: "session", Description: "Log-in with password and second factor."},
	{Name: "tokens", Description: "Who may use this API."},
	{Name: "audit", Description: "Who did what, in a chain of hashes."},
}
