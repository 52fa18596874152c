// Package tally counts a round: it takes the opened ballots, keeps compact rows in
// memory only, asks protect which groups and values may be released and score what
// they are, and gives the released results once. It opens no ballot itself, knows no
// database and decides nothing about anonymity: the rules lie in survey/protect.
// survey calls it and stores what it gives.
package tally
