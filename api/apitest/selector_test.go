package apitest

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// find gives the elements below a node that a selector describes: words of a tag, #id,
// .class, [name] and [name=value], with blanks for "inside of" and commas for "or".
func find(root *html.Node, selector string) (found []*html.Node) {
	for _, one := range strings.Split(selector, ",") {
		nodes := []*html.Node{root}
		for _, word := range strings.Fields(one) {
			var next []*html.Node
			for _, n := range nodes {
				for inner := range n.Descendants() {
					if matches(inner, word) && !slices.Contains(next, inner) {
						next = append(next, inner)
					}
				}
			}
			nodes = next
		}
		found = append(found, nodes...)
	}
	return found
}

// matches reports whether an element is what one word says.
func matches(n *html.Node, word string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for word != "" {
		end := strings.IndexAny(word[1:], ".#[")
		part := word
		if word = ""; end >= 0 {
			part, word = part[:end+1], part[end+1:]
		}
		switch part[0] {
		case '#':
			if attribute(n, "id") != part[1:] {
				return false
			}
		case '.':
			if !slices.Contains(strings.Fields(attribute(n, "class")), part[1:]) {
				return false
			}
		case '[':
			name, value, valued := strings.Cut(strings.Trim(part, "[]"), "=")
			if !has(n, name) || valued && attribute(n, name) != value {
				return false
			}
		default:
			if n.Data != part {
				return false
			}
		}
	}
	return true
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// text gives what stands in an element, blanks as a reader sees them.
func text(n *html.Node) string {
	var b strings.Builder
	for inner := range n.Descendants() {
		if inner.Type == html.TextNode {
			b.WriteString(inner.Data)
		}
		if inner.Type == html.ElementNode {
			b.WriteString(" ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// parse reads HTML; a browser has made it, so it is whole.
func parse(source string) *html.Node {
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		panic(err)
	}
	return root
}
