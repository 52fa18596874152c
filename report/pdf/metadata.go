package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"pulscheck/report/font"
)

// title is that of the window, with what the report is about.
func (d *drawer) title() string { return font.Clean(d.doc.Title + " · " + d.doc.Subject) }

func (d *drawer) keywords() string { return font.Clean(d.doc.ID + ", " + d.doc.Programme) }

// producer wrote the file.
const producer = "pulscheck"

// information is the dictionary that older readers ask; metadata says the same.
func (d *drawer) information() string {
	return fmt.Sprintf("<</Title %s /Author %s /Subject %s /Keywords %s /Creator %s /Producer %s /CreationDate %s /ModDate %s>>",
		textString(d.title()), textString(font.Clean(d.doc.Organisation)), textString(font.Clean(d.doc.Subject)), textString(d.keywords()),
		textString(d.creator()), textString(producer), date(d.doc.Created), date(d.doc.Created))
}

func (d *drawer) creator() string { return strings.TrimSpace(producer + " " + d.doc.Software) }

// packet is the XMP metadata (ISO 16684-1). PDF/A wants a description of schemas that
// it does not know, and PDF/UA is one of them.
const packet = `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`

func (d *drawer) metadata() []byte {
	return []byte(strings.NewReplacer(
		"{title}", escape(d.title()), "{author}", escape(font.Clean(d.doc.Organisation)), "{subject}", escape(font.Clean(d.doc.Subject)),
		"{language}", string(d.doc.Language), "{creator}", escape(d.creator()), "{producer}", producer,
		"{keywords}", escape(d.keywords()), "{date}", d.doc.Created.UTC().Format(time.RFC3339),
	).Replace(packet))
}

func escape(s string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(s)) //nolint:errcheck // a builder takes everything
	return out.String()
}
