package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// demoRoles are those that the demo prints log-ins for.
var demoRoles = []account.Role{account.Lead, account.Consultant, account.Owner, account.Steering, account.Auditor, account.Operator}

// demoCodes is how many recovery codes are printed for each: one is used up by a log-in.
const demoCodes = 3

// printLogins makes an account for every role, the way that everybody sets up theirs,
// and prints what lets it in.
func (d *demoRun) printLogins(ctx context.Context, h *house, base string) error {
	password, _ := account.NewCode()
	fmt.Printf("\nThe pages, at %s/login. Password of everybody: %s\nA code in place of the one-time password is good for one log-in:\n", base, password)
	for _, role := range demoRoles {
		in := survey.UserInput{Email: string(role) + "@nordlicht.example", Name: "Demo " + string(role), Role: role, Language: locale.German}
		if role != account.Operator {
			in.Organisation = d.organisation
		}
		if role == account.Owner {
			in.Processes = []string{"INC"}
		}
		codes, err := setUp(ctx, h.service, in, password)
		if err != nil {
			return fmt.Errorf("log-in of the demo's %s: %w", role, err)
		}
		fmt.Printf("  %-30s %s\n", in.Email, strings.Join(codes[:demoCodes], "  "))
	}
	return nil
}

// setUp makes an account with password and second factor and gives its recovery codes.
func setUp(ctx context.Context, s *survey.Service, in survey.UserInput, password string) ([]string, error) {
	u, err := s.InviteUser(ctx, account.System(), in)
	if err != nil {
		return nil, err
	}
	code, err := s.ResetCode(ctx, account.System(), in.Email)
	if err != nil {
		return nil, err
	}
	secret, err := s.RedeemCode(ctx, code)
	if err != nil {
		return nil, err
	}
	if err := s.SetPassword(ctx, secret, password); err != nil {
		return nil, err
	}
	second, err := s.BeginSecond(ctx, secret)
	if err != nil {
		return nil, err
	}
	_, recovery, err := s.FinishSecond(ctx, secret, account.SecondCode(second, time.Now()))
	if err != nil || in.Organisation == "" {
		return recovery, err
	}
	return recovery, s.AnswerInvitation(ctx, account.Actor{ID: u.Actor().ID, Role: in.Role}, in.Organisation, true, false)
}
