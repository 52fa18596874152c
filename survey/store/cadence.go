package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
)

type cadenceRow struct {
	Programme string
	Body      string
	Version   int
}

func (cadenceRow) TableName() string { return "cadences" }

// cadenceBody is a plan as it is stored. The zone is that of the organisation.
type cadenceBody struct {
	EveryWeeks      int           `json:"every_weeks"`
	OffsetDays      int           `json:"offset_days"`
	Weekday         time.Weekday  `json:"weekday"`
	Opens           cadence.Clock `json:"opens"`
	Closes          cadence.Clock `json:"closes"`
	OpenWorkingDays int           `json:"open_working_days"`
	Region          string        `json:"region"`
	Own             []ownDates    `json:"own_dates"`
	CheckLead       int           `json:"check_lead"`
}

type ownDates struct {
	From cadence.Date `json:"from"`
	To   cadence.Date `json:"to"`
	Name string       `json:"name"`
}

func bodyOf(p cadence.Plan) ([]byte, error) {
	b := cadenceBody{p.EveryWeeks, p.OffsetDays, p.Weekday, p.Opens, p.Closes, p.OpenWorkingDays, p.Region, nil, p.CheckLead}
	for _, o := range p.Own {
		b.Own = append(b.Own, ownDates(o))
	}
	return json.Marshal(b)
}

func (b cadenceBody) plan() *cadence.Plan {
	p := &cadence.Plan{
		EveryWeeks: b.EveryWeeks, OffsetDays: b.OffsetDays, Weekday: b.Weekday, Opens: b.Opens, Closes: b.Closes,
		OpenWorkingDays: b.OpenWorkingDays, Region: b.Region, CheckLead: b.CheckLead,
	}
	for _, o := range b.Own {
		p.Own = append(p.Own, cadence.Own(o))
	}
	return p
}

// FindCadence gives the plan of a programme, without its zone, and its version; fault
// NotFound if there is none.
func (s *Store) FindCadence(ctx context.Context, id survey.ProgrammeID) (*cadence.Plan, int, error) {
	var row cadenceRow
	if err := s.read.WithContext(ctx).Where("programme = ?", string(id)).Take(&row).Error; err != nil {
		return nil, 0, translate(fmt.Errorf("find cadence: %w", err))
	}
	var body cadenceBody
	if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
		return nil, 0, fmt.Errorf("find cadence: %w", err)
	}
	return body.plan(), row.Version, nil
}

// PutCadence stores the plan of a programme and replaces the planned drafts of its
// iterations; seen is the version it replaces, 0 for the first one.
func (s *Store) PutCadence(
	ctx context.Context, id survey.ProgrammeID, plan cadence.Plan, seen int, planned []survey.Replanned, told ...audit.Entry,
) error {
	body, err := bodyOf(plan)
	if err != nil {
		return fmt.Errorf("put cadence: %w", err)
	}
	return s.inTx(ctx, "put cadence", func(tx *gorm.DB) error {
		for _, p := range planned {
			if err := replan(tx, p); err != nil {
				return err
			}
		}
		if seen > 0 {
			return change(tx, tx.Model(&cadenceRow{}).Where("programme = ?", string(id)), seen, map[string]any{"body": string(body)}, told)
		}
		err := tx.Create(&cadenceRow{string(id), string(body), 1}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return fault.Wrap(fault.Stale, "version-conflict", err)
		}
		if err != nil {
			return err
		}
		return tell(tx, told)
	})
}
