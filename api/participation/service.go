package participation

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
)

// Service is what the respondent routes ask of the house. No call takes or gives an
// invitation together with an answer. Errors are faults with the codes named here;
// whatever concerns the time of the round is "round-not-open" (Conflict) and
// "round-closed" (Gone); an unknown round is NotFound "not-found".
type Service interface {
	// Round gives an opened round.
	Round(ctx context.Context, id survey.RoundID) (*survey.Round, error)
	// Manifest gives the canonical bytes stored at opening.
	Manifest(ctx context.Context, id survey.RoundID) ([]byte, error)
	// Board gives what the page shows beside the questions.
	Board(ctx context.Context, id survey.RoundID) (*survey.Board, error)
	// Privacy gives what is told of personal data; NotFound if there is no such round.
	Privacy(ctx context.Context, id survey.RoundID) (*survey.Privacy, error)
	// Notice gives the public page of a programme; NotFound if there is none.
	Notice(ctx context.Context, id survey.ProgrammeID) (*survey.Notice, error)
	// DrawDoorCode draws a code that is stored nowhere yet.
	DrawDoorCode() (survey.DoorCode, error)
	// Ask leaves a question at the door of a round's organisation: RateLimited
	// "door-full", Conflict "question-differs" for another text with the same code.
	Ask(ctx context.Context, id survey.RoundID, code survey.DoorCode, text string) error
	// ReadDoor gives the question of a code; NotFound "code-invalid".
	ReadDoor(ctx context.Context, code survey.DoorCode) (*survey.Question, error)
	// Invitation gives the attributes of an invitation; NotFound "invitation-invalid"
	// for everything that is wrong with the claim.
	Invitation(ctx context.Context, id survey.RoundID, claim survey.Claim) (survey.Invitation, error)
	// IssueTicket evaluates a blinded element (32 bytes) once for each invitation:
	// "invitation-invalid", Invalid "blinded-message-invalid", Conflict
	// "ticket-already-issued" for a second, different element.
	IssueTicket(ctx context.Context, id survey.RoundID, claim survey.Claim, blinded []byte) (survey.IssuedTicket, error)
	// PlainTicket takes a ticket for a respondent without script: like IssueTicket,
	// with the respondent's half done here too.
	PlainTicket(ctx context.Context, id survey.RoundID, claim survey.Claim) (ballot.Ticket, survey.Invitation, error)
	// CastBallot checks, seals and stores an answer, durable on return. created is
	// false for a repetition; other answers are Conflict "ticket-used", a forged
	// ticket is Refused "ticket-invalid", wrong answers are those of
	// survey.CheckSubmission.
	CastBallot(ctx context.Context, id survey.RoundID, s survey.Submission) (created bool, err error)
	// TicketHashes gives the sorted hashes of a counted round; NotFound before.
	TicketHashes(ctx context.Context, id survey.RoundID) ([][]byte, error)
}
