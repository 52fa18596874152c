package audit

import (
	"context"
	"net/netip"
)

// Prefixes that addresses are cut to before anything keeps them (threat-model.md 6.5).
const (
	prefix4 = 24
	prefix6 = 48
)

type originKey struct{}

// From says from which address what happens in a context is asked for. Only the network
// is carried on; what is no address says nothing. Nothing that respondents ask comes by
// here.
func From(ctx context.Context, address string) context.Context {
	if network := network(address); network != "" {
		return context.WithValue(ctx, originKey{}, network)
	}
	return ctx
}

// Origin gives the network that From said, "" if nothing did.
func Origin(ctx context.Context) string {
	network, _ := ctx.Value(originKey{}).(string)
	return network
}

func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip = ip.Unmap().WithZone("")
	bits := prefix6
	if ip.Is4() {
		bits = prefix4
	}
	network, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return network.String()
}
