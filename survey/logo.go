package survey

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/png"
	"math"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Logo is the picture of an organisation on the covers of its reports, as a PNG that we
// wrote ourselves: nothing of the file that was sent is in it but its colours.
type Logo struct {
	PNG           []byte // RGB of 8 bits, nothing transparent
	Width, Height int    // pixels
}

// Logos keeps one picture per organisation.
type Logos interface {
	// FindLogo gives fault NotFound if there is none.
	FindLogo(ctx context.Context, id OrganisationID) (*Logo, error)
	PutLogo(ctx context.Context, id OrganisationID, l *Logo, told ...audit.Entry) error
	DeleteLogo(ctx context.Context, id OrganisationID, told ...audit.Entry) error
}

// Limits of the file of a logo: bytes, and pixels, which are counted before any is read.
const (
	MaxLogoBytes  = 1 << 20
	maxLogoPixels = 4_000_000
)

// The room for a logo on a cover in mm, how many pixels an inch of it needs, and can use,
// and how narrow it may be.
const (
	logoWidth, logoHeight = 45.0, 18.0
	logoLeast, logoMost   = 300, 600
	logoNarrow            = 2.0 // mm; what is narrower is a line
)

// Printed gives the size on a cover in mm: as large as there is room, in its proportions.
func (l *Logo) Printed() (width, height float64) {
	return printed(l.Width, l.Height)
}

func printed(width, height int) (float64, float64) {
	scale := min(logoWidth/float64(width), logoHeight/float64(height))
	return float64(width) * scale, float64(height) * scale
}

// pixels gives how many a picture of these proportions has at a resolution.
func pixels(width, height, perInch int) (int, int) {
	w, h := printed(width, height)
	count := func(mm float64) int { return max(1, int(math.Ceil(mm/25.4*float64(perInch)-1e-9))) }
	return count(w), count(h)
}

// ShowLogo gives the logo of an organisation; fault NotFound if there is none.
func (s *Service) ShowLogo(ctx context.Context, actor account.Actor, id OrganisationID) (*Logo, error) {
	if _, err := s.organisation(ctx, actor, account.ReadOrganisation, id); err != nil {
		return nil, err
	}
	return s.store.FindLogo(ctx, id)
}

// PutLogo takes a PNG as the logo of an organisation, for reports that are drawn from
// then on. Faults: "logo-too-large" (TooLarge); Invalid "logo-invalid" of what is no PNG
// that can be read to its end, "logo-pixels", "logo-narrow", "logo-too-small" and "logo-blank".
func (s *Service) PutLogo(ctx context.Context, actor account.Actor, id OrganisationID, file []byte) (*Logo, error) {
	if _, err := s.organisation(ctx, actor, account.ChangeOrganisation, id); err != nil {
		return nil, err
	}
	l, err := readLogo(file)
	if err != nil {
		return nil, err
	}
	size := map[string]string{"width": strconv.Itoa(l.Width), "height": strconv.Itoa(l.Height)}
	return l, s.store.PutLogo(ctx, id, l, s.tell(actor, id, "logo.put", string(id), size))
}

// DeleteLogo removes the logo of an organisation; fault NotFound if there is none.
func (s *Service) DeleteLogo(ctx context.Context, actor account.Actor, id OrganisationID) error {
	if _, err := s.organisation(ctx, actor, account.ChangeOrganisation, id); err != nil {
		return err
	}
	return s.store.DeleteLogo(ctx, id, s.tell(actor, id, "logo.delete", string(id), nil))
}

// wrongLogo is the fault of a file that cannot be a logo.
func wrongLogo(code string, args map[string]any) error {
	f := fault.New(fault.Invalid, code).With(fault.Field{Pointer: "/logo", Code: code})
	f.Args = args
	return f
}

// readLogo reads a picture, lays it on white and writes it anew, with as many pixels as
// paper can show at most.
func readLogo(file []byte) (*Logo, error) {
	if len(file) > MaxLogoBytes {
		return nil, fault.New(fault.TooLarge, "logo-too-large").With(fault.Field{Pointer: "/logo", Code: "logo-too-large"})
	}
	said, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, wrongLogo("logo-invalid", nil)
	}
	size := map[string]any{"width": said.Width, "height": said.Height}
	if said.Width > maxLogoPixels/said.Height {
		return nil, wrongLogo("logo-pixels", size)
	}
	if w, h := printed(said.Width, said.Height); min(w, h) < logoNarrow {
		return nil, wrongLogo("logo-narrow", nil)
	}
	if wide, high := pixels(said.Width, said.Height, logoLeast); said.Width < wide && said.Height < high {
		size["wide"], size["high"] = wide, high
		return nil, wrongLogo("logo-too-small", size)
	}
	sent, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, wrongLogo("logo-invalid", nil)
	}
	picture := shrunk(onWhite(sent))
	if blank(picture) {
		return nil, wrongLogo("logo-blank", nil)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture); err != nil {
		return nil, err
	}
	if out.Len() > MaxLogoBytes {
		return nil, fault.New(fault.TooLarge, "logo-too-large").With(fault.Field{Pointer: "/logo", Code: "logo-too-large"})
	}
	return &Logo{PNG: out.Bytes(), Width: picture.Rect.Dx(), Height: picture.Rect.Dy()}, nil
}

// onWhite is a picture as paper shows it.
func onWhite(sent image.Image) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, sent.Bounds().Dx(), sent.Bounds().Dy()))
	draw.Draw(to, to.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(to, to.Rect, sent, sent.Bounds().Min, draw.Over)
	return to
}

// shrunk gives a picture with as many pixels as paper can show at most: each is the mean
// of those that it stands for.
func shrunk(from *image.RGBA) *image.RGBA {
	wide, high := from.Rect.Dx(), from.Rect.Dy()
	w, h := pixels(wide, high, logoMost)
	if w >= wide || h >= high {
		return from
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			mean(to.Pix[to.PixOffset(x, y):][:4], from, image.Rect(x*wide/w, y*high/h, (x+1)*wide/w, (y+1)*high/h))
		}
	}
	return to
}

// mean writes the mean colour of an area that is not empty.
func mean(to []uint8, from *image.RGBA, area image.Rectangle) {
	var sum [4]int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := from.Pix[from.PixOffset(area.Min.X, y):from.PixOffset(area.Max.X, y)]
		for i, part := range row {
			sum[i%4] += int(part)
		}
	}
	count := area.Dx() * area.Dy()
	for i := range to {
		to[i] = uint8((sum[i] + count/2) / count)
	}
}

// blank says that nothing of a picture is seen on white.
func blank(p *image.RGBA) bool {
	const faint = 0xF5
	for _, part := range p.Pix {
		if part < faint {
			return false
		}
	}
	return true
}
