//! What else does a Word file consist of? Styles, lists, settings, properties, the foot, and what belongs to what.

use super::media::Media;
use crate::lang::Lang;
use crate::report::document::Document;
use crate::scene::svg::xml;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub const fn content_types() -> &'static str {
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#
}

pub const fn relations() -> &'static str {
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#
}

pub fn document_relations(media: &[Media]) -> String {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut all: Vec<(String, &str, String)> = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
    ]
    .map(|(id, kind, target)| (id.to_owned(), kind, target.to_owned()))
    .into();
    let pictures = media.iter().enumerate();
    all.extend(
        pictures.map(|(at, one)| (format!("rIdMedia{}", at + 1), "image", format!("media/{}", one.name))),
    );
    let all = all.into_iter().map(|(id, kind, target)| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    });
    format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
        all.collect::<String>()
    )
}

/// Title, author, language and day.
pub fn core(document: &Document) -> String {
    let (title, author, lang) = (xml(&document.title), xml(&document.letter.author), document.lang.code());
    let day: jiff::civil::Date = document.letter.date.parse().unwrap_or(jiff::civil::date(1970, 1, 1));
    let time = format!("{day}T00:00:00Z");
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>{lang}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{time}</dcterms:created></cp:coreProperties>"#
    )
}

pub fn app() -> String {
    format!(
        r#"{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Sotplan</Application><AppVersion>{}</AppVersion></Properties>"#,
        // Two numbers, as the standard wants them.
        env!("CARGO_PKG_VERSION").rsplit_once('.').map_or("0.0", |(two, _)| two)
    )
}

const fn locale(lang: Lang) -> &'static str {
    lang.pick("sv-SE", "en-GB")
}

pub fn settings(lang: Lang) -> String {
    let locale = locale(lang);
    format!(
        r#"{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{locale}"/></w:settings>"#
    )
}

pub const fn numbering() -> &'static str {
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
}

/// Page and number of pages.
pub fn footer(document: &Document) -> String {
    let (page, of) = (document.lang.pick("Sida ", "Page "), document.lang.pick(" av ", " of "));
    let text = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, xml(text));
    let field =
        |field: &str| format!(r#"<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    format!(
        r#"{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}{}</w:p></w:ftr>"#,
        text(&document.foot()),
        text(page),
        field("PAGE"),
        text(of),
        field("NUMPAGES")
    )
}

/// A style of paragraphs: id, name, what it is based on, its paragraph and its letters.
type StyleRow = [&'static str; 5];

/// The styles: Word's own names, so that a template of the municipality takes them over.
const STYLES: [StyleRow; 15] = [
    ["BodyText", "Body Text", "Normal", r#"<w:spacing w:after="120"/>"#, ""],
    [
        "Title",
        "Title",
        "Normal",
        r#"<w:keepNext/><w:spacing w:before="360" w:after="160"/>"#,
        r#"<w:b/><w:sz w:val="36"/>"#,
    ],
    [
        "Heading1",
        "heading 1",
        "Normal",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="80"/><w:outlineLvl w:val="0"/>"#,
        r#"<w:b/><w:color w:val="0B3C70"/><w:sz w:val="28"/>"#,
    ],
    [
        "Heading2",
        "heading 2",
        "Normal",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>"#,
        r#"<w:b/><w:color w:val="0B3C70"/><w:sz w:val="23"/>"#,
    ],
    [
        "Heading3",
        "heading 3",
        "Normal",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="2"/>"#,
        r#"<w:b/><w:color w:val="0B3C70"/><w:sz w:val="21"/>"#,
    ],
    ["Lead", "Lead", "BodyText", "", "<w:b/>"],
    ["Note", "Note", "BodyText", "", r#"<w:color w:val="4A5256"/><w:sz w:val="18"/>"#],
    ["Blank", "Blank", "BodyText", r#"<w:shd w:val="clear" w:color="auto" w:fill="FFF3CD"/>"#, ""],
    [
        "ListBullet",
        "List Bullet",
        "Normal",
        r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/>"#,
        "",
    ],
    [
        "Caption",
        "caption",
        "Normal",
        r#"<w:spacing w:before="160" w:after="60"/>"#,
        r#"<w:b/><w:sz w:val="19"/>"#,
    ],
    ["Figure", "Figure", "Normal", r#"<w:keepNext/><w:spacing w:before="120" w:after="0"/>"#, ""],
    [
        "TableText",
        "Table Text",
        "Normal",
        r#"<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:sz w:val="18"/>"#,
    ],
    [
        "AfterTable",
        "After Table",
        "Normal",
        r#"<w:spacing w:after="0" w:line="200" w:lineRule="exact"/>"#,
        "",
    ],
    [
        "Header",
        "header",
        "Normal",
        r#"<w:tabs><w:tab w:val="right" w:pos="9356"/></w:tabs><w:spacing w:after="0"/>"#,
        "",
    ],
    [
        "Footer",
        "footer",
        "Normal",
        r#"<w:tabs><w:tab w:val="right" w:pos="9356"/></w:tabs><w:spacing w:after="0"/>"#,
        r#"<w:color w:val="4A5256"/><w:sz w:val="17"/>"#,
    ],
];

fn style([id, name, based_on, paragraph, letters]: StyleRow) -> String {
    let next = if id.starts_with("Heading") || id == "Title" { r#"<w:next w:val="BodyText"/>"# } else { "" };
    format!(
        r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>{next}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"#
    )
}

/// The part `styles.xml`.
pub fn styles(lang: Lang) -> String {
    let locale = locale(lang);
    let all: String = STYLES.map(style).concat();
    format!(
        r#"{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:lang w:val="{locale}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="SotplanTable"><w:name w:val="Sotplan Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="4A5256"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="4A5256"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9CED1"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF2F5"/></w:tcPr></w:tblStylePr></w:style>{all}</w:styles>"#
    )
}
