//! What does the help say in Swedish? One row for each argument, one for each command; `layout` puts them in place.
//! Option names and values stay as they are: scripts use them, whatever the language.
//! Longer than 500 lines: one list, a row an option.

use super::swedish_commands::COMMANDS;
use crate::model::ServiceKind;

/// The Swedish text of an argument.
#[derive(Clone, Copy)]
pub struct Row {
    /// The commands that have it; "" is the program itself.
    pub of: &'static [&'static str],
    pub id: &'static str,
    /// What stands for its value; empty where it takes none.
    pub value: &'static str,
    pub help: &'static str,
    /// What its possible values mean: their names are English words.
    pub values: &'static [(&'static str, &'static str)],
}

const ALL: &[&str] = &[
    "", "analyse", "export", "compare", "travel", "route", "site", "solve", "info", "map", "report", "check",
    "convert", "new", "pack", "open", "merge", "power", "outage",
];
const LAYERS: &[&str] = &["outage", "analyse", "export", "compare", "site", "map", "report", "check", "new"];
const ROADS: &[&str] =
    &["outage", "analyse", "export", "compare", "travel", "route", "site", "map", "report", "check", "new"];
const TABLES: &[&str] =
    &["outage", "analyse", "export", "compare", "site", "map", "report", "check", "convert", "new"];
const CRS: &[&str] = &[
    "outage", "analyse", "export", "compare", "travel", "route", "site", "map", "report", "check", "convert",
    "new",
];
const PROJECTS: &[&str] = &["outage", "analyse", "export", "compare", "site", "map", "report", "check"];
const FOLDERS: &[&str] = &["analyse", "export", "compare", "site"];
const PLANS: &[&str] = &["site", "solve"];

const fn flag(of: &'static [&'static str], id: &'static str, help: &'static str) -> Row {
    Row { of, id, value: "", help, values: &[] }
}

const fn option(
    of: &'static [&'static str],
    id: &'static str,
    value: &'static str,
    help: &'static str,
) -> Row {
    Row { of, id, value, help, values: &[] }
}

const fn choice(
    of: &'static [&'static str],
    [id, value, help]: [&'static str; 3],
    values: &'static [(&'static str, &'static str)],
) -> Row {
    Row { of, id, value, help, values }
}

pub const ROWS: &[Row] = &[
    option(
        &[""],
        "files",
        "FILER",
        "Filer att öppna: lager (GeoJSON, GeoPackage, Shapefile, CSV, Excel …), vägar eller ett projekt. Utan filer öppnas exemplet",
    ),
    choice(
        ALL,
        ["lang", "SPRÅK", "Språk i fönster, hjälp och meddelanden"],
        &[("sv", "svenska"), ("en", "engelska")],
    ),
    flag(ALL, "help", "Visa hjälpen"),
    flag(&[""], "version", "Visa versionen"),
    // Layers.
    flag(LAYERS, "demo", "Använd programmets exempeldata (Jämtland)"),
    option(LAYERS, "population", "FIL", "Befolkning, som rutor eller punkter"),
    flag(LAYERS, "count_once", "Räkna invånare en gång där rutor sammanfaller eller överlappar"),
    option(LAYERS, "population_field", "NAMN", "Kolumn med antal invånare, om den inte känns igen"),
    option(LAYERS, "areas", "FIL", "Kommuner eller andra områden"),
    option(
        LAYERS,
        "localities",
        "FIL",
        "Orter med folkmängd: tätorterna, för indelningen i glesbygd, tätortsnära landsbygd och tätort",
    ),
    option(LAYERS, "area_code_field", "NAMN", "Kolumn med områdets kod, om den inte känns igen"),
    option(LAYERS, "area_name_field", "NAMN", "Kolumn med områdets namn, om den inte känns igen"),
    option(CRS, "crs", "EPSG", "Koordinatsystem för filer som inte anger något: EPSG-kod eller namn"),
    option(
        TABLES,
        "encoding",
        "NAMN",
        "Teckenkodning för textfiler som inte anger den, vad deras innehåll än tyder på: windows-1252, iso-8859-1, utf-16le …",
    ),
    option(
        TABLES,
        "join",
        "[LAGER=]FIL",
        "En annan tabell vars kolumner ett lager tar över: FIL för befolkningen, annars lagrets flagga, som grocery=FIL",
    ),
    option(
        TABLES,
        "join_by",
        "KOLUMN[=KOLUMN],…",
        "… efter vilka kolumner, lagrets först: rutid=cell eller namn,kommun; känns igen om inget anges; en för varje --join",
    ),
    option(
        TABLES,
        "join_spread",
        "KOLUMN",
        "… tal på en rad som flera objekt delar fördelas på dem efter den här kolumnen [standard: deras invånare]",
    ),
    flag(TABLES, "join_absent_zero", "… ett objekt utan rad får 0 i kolumner med tal; annars inget värde"),
    option(
        TABLES,
        "places_from",
        "FIL",
        "Platser för rader utan koordinater: objekt i det här lagret med samma namn och kommun",
    ),
    option(
        TABLES,
        "places_by",
        "KOLUMN[=KOLUMN],…",
        "… efter vilka kolumner, radernas först: ort=name,kommun; känns igen om inget anges",
    ),
    // Roads, and how they are travelled.
    option(
        LAYERS,
        "roads",
        "FIL",
        "Vägar att mäta längs: OpenStreetMap (.osm.pbf, .osm) eller linjer (GeoJSON, GeoPackage). Utan vägar mäts fågelvägen",
    ),
    option(
        &["travel", "route"],
        "roads",
        "FIL",
        "Vägar: OpenStreetMap (.osm.pbf, .osm) eller linjer (GeoJSON, GeoPackage). Flera filer fogas ihop",
    ),
    choice(
        ROADS,
        ["profile", "FÄRDSÄTT", "Hur man färdas"],
        &[("car", "bil"), ("rescue", "räddningsfordon"), ("walk", "gång")],
    ),
    choice(
        ROADS,
        [
            "cost",
            "MÅTT",
            "Snabbaste eller kortaste vägen [standard: time; i en analys det som gränsen anges i]",
        ],
        &[("time", "snabbaste"), ("distance", "kortaste")],
    ),
    option(
        ROADS,
        "closed",
        "FIL",
        "Avstängda vägar i GeoJSON: punkter på dem, linjer längs dem eller ytor runt dem",
    ),
    option(ROADS, "max_access", "LÄNGD", "En plats längre från väg än så kan inte nås; går före --speeds"),
    option(
        ROADS,
        "speeds",
        "NAMN|FIL",
        "Hastigheter och andra antaganden: en färdig uppsättning (default, eller pipos: som Pipos räknar) eller en fil med samma innehåll som \"profile\" i en export",
    ),
    option(ROADS, "water", "FIL", "Sjöar, hav eller kust, som gången mellan plats och väg inte korsar"),
    option(
        ROADS,
        "winter",
        "MM-DD",
        "Vinter: lägre fart, vinter- och isvägar öppna. Med en dag (MM-DD) bara om det är vinter då; går före --speeds",
    ),
    option(ROADS, "class_field", "NAMN", "Kolumner i linjefiler, om de inte känns igen: vägklass"),
    option(ROADS, "speed_field", "NAMN", "… hastighetsgräns, km/h"),
    option(ROADS, "direction_field", "NAMN", "… körriktning"),
    option(ROADS, "length_field", "NAMN", "… längd, meter"),
    // How distances are judged.
    option(
        LAYERS,
        "threshold",
        "GRÄNS",
        "Inom gränsen är högst så långt: 10km, 800m eller 20min [standard: 10km, eller 20min med --cost time]",
    ),
    option(LAYERS, "detour", "FAKTOR", "Omvägsfaktor, utan vägar: fågelvägen × faktorn = uppskattad väg"),
    option(LAYERS, "speed", "KM/H", "Antagen medelfart för minuter, utan vägar"),
    // What is written.
    option(FOLDERS, "out", "MAPP", "Mapp för resultaten; skapas om den saknas"),
    flag(
        &["analyse", "export", "compare", "site", "convert"],
        "swedish_csv",
        "Tabeller för svensk Excel: byteordningsmärke (BOM), semikolon, decimalkomma",
    ),
    choice(
        FOLDERS,
        [
            "tables",
            "FORMAT",
            "Hur tabeller skrivs: som CSV, eller som arbetsböcker med typer, enheter, låsta rubriker och filter",
        ],
        &[("csv", "CSV"), ("xlsx", "Excel")],
    ),
    choice(
        &["export"],
        ["format", "FORMAT", "Hur lager skrivs, flera med komma emellan: varje lager i en egen fil"],
        &[("geojson", "GeoJSON"), ("gpkg", "GeoPackage"), ("xlsx", "Excel")],
    ),
    option(
        &["export"],
        "what",
        "NAMN,NAMN,…",
        "Vad som skrivs, flera med komma emellan: filernas namn utan ändelse, som demand eller follow_up; allt som finns om inget anges",
    ),
    choice(
        &["analyse", "compare", "site"],
        ["format", "FORMAT", "Hur lager skrivs, flera med komma emellan"],
        &[
            ("geojson", "en fil för varje lager"),
            ("gpkg", "GeoPackage: results.gpkg med en tabell för varje lager"),
            ("xlsx", "Excel: results.xlsx med ett blad för varje lager"),
        ],
    ),
    option(FOLDERS, "out_crs", "EPSG", "Lagrens koordinatsystem: EPSG-kod eller namn. Utan det WGS 84"),
    choice(
        FOLDERS,
        ["heads", "SPRÅK", "Lagrens kolumnnamn"],
        &[("en", "de fasta namnen, som skript använder"), ("sv", "på svenska")],
    ),
    option(
        PROJECTS,
        "project",
        "FIL",
        "Ett projekt som fönstret har sparat, i stället för lager och antaganden",
    ),
    option(
        &["compare"],
        "places",
        "NAMN,NAMN,…",
        "Platserna, två till sex: namn, NAMN/KOMMUN där flera heter lika, eller id; projektets egna om inget anges",
    ),
    option(
        &["compare"],
        "plans",
        "NAMN,NAMN,…",
        "Planer som är sparade i projektet, bredvid eller i stället för platser: namn, eller plan:NUMMER",
    ),
    option(&["compare"], "reference", "NAMN", "Platsen eller planen som skillnader räknas mot"),
    flag(&["compare"], "json", "Skriv jämförelsen som JSON och inget annat"),
    flag(&["analyse"], "json", "Skriv sammanfattningen som JSON och inget annat"),
    option(
        &["analyse"],
        "pipos",
        "FIL",
        "Tabell med Pipos egna avstånd (CSV eller GeoJSON) att jämföra med, ruta för ruta: pipos.csv",
    ),
    option(&["analyse"], "pipos_field", "NAMN", "… kolumn med avståndet, om den inte känns igen"),
    option(&["analyse"], "pipos_kind", "TYP", "… typ av service som tabellen gäller"),
    // What has to be looked at.
    option(&["check"], "people_expected", "ANTAL", "Vad invånarna i alla rutor ska summera till"),
    choice(
        &["check"],
        ["merge", "VILKA", "Säg också vad som blir kvar om de här dubbletterna slås ihop"],
        &[
            ("same-name", "samma typ och namn inom 200 m"),
            ("same-place", "samma typ inom 25 m, vad de än heter: granska varje par först"),
        ],
    ),
    option(&["check"], "out", "FIL", "Tabell över allt att granska, som CSV"),
    flag(
        &["check"],
        "swedish_csv",
        "Tabell för svensk Excel: byteordningsmärke (BOM), semikolon, decimalkomma",
    ),
    flag(&["check"], "json", "Skriv som JSON"),
    // Travel costs and routes.
    option(&["travel"], "from", "FIL", "Platser där resorna börjar"),
    option(&["travel"], "to", "FIL", "Platser där resorna slutar"),
    option(&["travel"], "k", "ANTAL", "Bara så många av de närmaste från varje startplats"),
    option(&["travel"], "max", "GRÄNS", "Inget längre bort än så på väg: 60min eller 10km"),
    option(&["travel"], "out", "FIL", "Fil för tabellen"),
    option(&["route"], "from", "LON,LAT", "Startplatsen: longitud och latitud i grader"),
    option(&["route"], "to", "LON,LAT", "Målet: longitud och latitud i grader"),
    option(&["route"], "out", "FIL", "Fil för vägen; utan den skrivs vägen till standard ut"),
    // Questions about where things should stand.
    option(
        PLANS,
        "objective",
        "MÅL",
        "Mål för planen: p-median (minst resande för alla), mclp (flest människor inom gränsen), lscp (så få platser som möjligt som når alla), p-center (kortast väg för den som har längst), backup (flest människor med två platser inom gränsen), capacitated (flest människor som platsernas kapacitet räcker till)",
    ),
    option(PLANS, "sites", "ANTAL", "Antal platser, de som ska vara med inräknade; för lscp högst så många"),
    option(PLANS, "budget", "SUMMA", "Platserna får tillsammans kosta högst så mycket"),
    option(PLANS, "exclusive", "A,B", "Två platser som aldrig väljs båda; kan anges flera gånger"),
    flag(PLANS, "require_all", "Kräv att alla nås. Utan flaggan utelämnas de som inte kan nås, och namnges"),
    option(PLANS, "alternatives", "ANTAL", "Så många av de bästa planerna, den bästa först"),
    option(PLANS, "max_loss", "ANDEL", "Alternativen är högst så stor del sämre än den bästa: 0.05"),
    option(
        PLANS,
        "time",
        "SEKUNDER",
        "Längsta söktid; sedan gäller den bästa planen hittills. Utan den söks tills planen är bevisad",
    ),
    option(PLANS, "gap", "ANDEL", "Sluta när planen bevisat är så nära den bästa: 0.01"),
    option(PLANS, "seed", "TAL", "Slumpfrö: samma tal ger samma svar"),
    flag(PLANS, "json", "Skriv svaret som JSON och inget annat"),
    option(
        &["solve"],
        "costs",
        "FIL",
        "CSV med kostnader: site,demand,cost. Par som saknas går inte att resa",
    ),
    option(&["solve"], "demand", "FIL", "CSV med efterfrågan: demand,weight"),
    option(
        &["solve"],
        "sites_file",
        "FIL",
        "CSV med platser: site,cost,capacity, för budget eller kapacitet",
    ),
    option(&["solve"], "cutoff", "KOSTNAD", "En plats når till högst den här kostnaden"),
    option(&["solve"], "required", "ID", "Platser i varje plan, med komma emellan"),
    option(&["solve"], "forbidden", "ID", "Platser i ingen plan, med komma emellan"),
    option(
        &["site"],
        "cost_field",
        "NAMN",
        "Kolumn med vad en plats kostar. Med en budget väljs ingen plats utan kostnad; en som redan finns kostar 0",
    ),
    option(
        &["site"],
        "flat_price",
        "BELOPP",
        "Vad en ny plats kostar som varken kolumnen eller --price säger något om",
    ),
    option(
        &["site"],
        "price",
        "PLATS=BELOPP",
        "Vad en viss plats kostar, med id eller namn; går före kolumnen",
    ),
    option(
        &["site"],
        "capacity_field",
        "NAMN",
        "Kolumn med hur många en plats räcker till; utan tal finns ingen gräns",
    ),
    option(
        &["site"],
        "existing",
        "FIL",
        "Punkter som finns: butiken där, annars en egen plats, är med i varje plan om statusen inte säger annat",
    ),
    option(
        &["site"],
        "status_field",
        "NAMN",
        "Kolumn med status i --existing [standard: status, om den finns]; utan status är punkten på plats",
    ),
    option(
        &["site"],
        "host_within",
        "LÄNGD",
        "En butik så nära en befintlig punkt eller en SOT-plats är dess värdbutik, fågelvägen [standard: 500m]",
    ),
    option(
        &["site"],
        "release",
        "PLATS",
        "Släpp en plats som statusen utesluter (pausad, nedlagd), med id eller namn",
    ),
    option(&["site"], "required", "PLATS", "En plats i varje plan, med id eller namn"),
    option(&["site"], "forbidden", "PLATS", "En plats i ingen plan, med id eller namn"),
    option(
        &["site"],
        "group",
        "NAMN",
        "För vilka i stället för alla: en kolumn med antal, eller rural-remote (glesbygd), rural (tätortsnära landsbygd), locality (tätort), flera med komma emellan",
    ),
    option(
        &["site"],
        "decay",
        "linear|GRÄNS",
        "Hur nyttan avtar med vägen (mclp): linear ner till noll vid gränsen, eller en gräns som 5km där den är halverad",
    ),
    option(
        &["site"],
        "curve",
        "ANTAL",
        "Också den bästa planen för varje antal platser upp till detta, som curve.csv",
    ),
    // Files looked into, and maps.
    option(&["new"], "file", "PROJEKT", "Projektfilen, som inte får finnas"),
    option(&["new"], "name", "NAMN", "Vad projektet heter; annars som filen"),
    option(&["pack", "open"], "project", "PROJEKT", "Projektet, som fönstret sparar det"),
    option(&["pack"], "out", "FIL", "Den packade kopian"),
    option(
        &["power"],
        "loads",
        "FIL",
        "Platsens maskiner (CSV): namn, kw, och så långt det är känt antal, startfaktor, kyla, när",
    ),
    choice(
        &["power"],
        ["template", "LISTA", "En vanlig lista att börja med; varje tal i den är ett antagande"],
        &[
            ("small-store", "liten butik"),
            ("store", "butik av mellanstorlek"),
            ("large-store", "stor butik"),
            ("fuel-station", "drivmedelsstation"),
            ("meeting-room", "samlingslokal"),
        ],
    ),
    option(
        &["power"],
        "simultaneity",
        "ANDEL",
        "Den andel av all märkeffekt som tas ut samtidigt [standard: 0.8]",
    ),
    option(&["power"], "power_factor", "ANDEL", "Aktiv effekt av skenbar effekt [standard: 0.8]"),
    option(&["power"], "margin", "ANDEL", "Läggs till den last som går [standard: 0.25]"),
    option(
        &["power"],
        "least_load",
        "ANDEL",
        "Under den här andelen av sin effekt sotar ett aggregat [standard: 0.3]",
    ),
    option(
        &["power"],
        "container_kva",
        "KVA",
        "Det största aggregat som ryms i en container, kVA [standard: 100]",
    ),
    option(&["power"], "heater", "KW", "En dieselvärmare bredvid aggregatet, kW värme"),
    option(&["power"], "tank", "LITER", "Så många liter rymmer tanken"),
    option(&["power"], "litre_price", "KR", "Vad en liter kostar, kr"),
    flag(&["power"], "json", "Skriv som JSON och inget annat"),
    option(
        &["outage"],
        "scenario",
        "FIL|NAMN",
        "Vad som är borta: en fil (docs/outage.md), storm-24, ice-72 eller week-168, eller namnet på ett av projektets scenarier; flera för --sot-points",
    ),
    option(
        &["outage"],
        "hit",
        "NAMN,NAMN,…",
        "Bara de här kommunerna drabbas, namn eller koder med komma emellan; annars överallt",
    ),
    option(
        &["outage"],
        "at",
        "T,T,…",
        "Timmar som rutor och kommuner skrivs för [standard: 0, 4, 24 och 72]",
    ),
    option(&["outage"], "sot_points", "ANTAL", "Hitta de bästa platserna för så många SOT-punkter till"),
    choice(
        &["outage"],
        ["over", "VILKA", "… för alla scenarier efter vikt, eller för det värsta av dem"],
        &[("expected", "alla, efter vikt"), ("worst", "det värsta")],
    ),
    option(
        &["outage"],
        "needs",
        "BEHOV,BEHOV,…",
        "… för de här behoven [standard: grocery, fuel, information]",
    ),
    option(&["outage"], "time_limit", "SEKUNDER", "… på högst så här lång tid, sekunder"),
    flag(&["outage"], "sensitivity", "Säg också vilka antaganden svaret beror mest på"),
    option(
        &["outage"],
        "out",
        "MAPP",
        "Mapp för resultaten; skapas om den saknas; med flera scenarier en mapp för vart och ett i den",
    ),
    flag(&["outage"], "json", "Skriv som JSON och inget annat"),
    flag(&["outage"], "swedish_csv", "Tabeller för ett svenskt Excel: BOM, semikolon, decimalkomma"),
    option(&["merge"], "project", "PROJEKT", "Mitt projekt"),
    option(&["merge"], "copy", "KOPIA", "Den andra kopian"),
    choice(
        &["merge"],
        [
            "prefer",
            "VEMS",
            "Vad som gäller där kopiorna säger olika; det som står i listor ställs bredvid det egna",
        ],
        &[("mine", "mitt"), ("theirs", "deras")],
    ),
    option(
        &["merge"],
        "out",
        "FIL",
        "Det sammanslagna projektet, som inte får finnas; utan den visas skillnaderna och inget skrivs",
    ),
    flag(&["merge"], "json", "Skriv skillnaderna som JSON och inget annat"),
    option(&["info"], "files", "FILER", "Filer: GeoJSON, GeoPackage, Shapefile, CSV, Excel, OpenStreetMap …"),
    flag(&["info"], "json", "Skriv som JSON"),
    option(&["convert"], "input", "FIL", "Lagret: en fil, eller en fil, kolon och dess tabell"),
    option(
        &["convert"],
        "out",
        "UT",
        "Den nya filen. Ändelsen säger formatet: .geojson, .geojsonl, .csv, .tsv, .gpkg, .xlsx eller .fgb",
    ),
    option(&["convert"], "table", "NAMN", "Vilken tabell, om filen har flera"),
    option(
        &["convert"],
        "to_crs",
        "EPSG",
        "Koordinatsystem att skriva i: EPSG-kod eller namn. Utan det skrivs GeoJSON i WGS 84 och alla andra format i källans eget",
    ),
    option(&["report"], "place", "NAMN", "En plats: dess namn, NAMN/KOMMUN om flera heter så, eller id"),
    option(&["report"], "places", "NAMN,NAMN,…", "Två till sex platser sida vid sida"),
    option(&["report"], "plan", "NAMN", "En plan som är sparad i projektet: dess namn, eller plan:NUMMER"),
    option(
        &["report"],
        "outage",
        "NAMN|FIL",
        "Ett avbrott: ett scenario i projektet, storm-24, ice-72 eller week-168, eller en fil",
    ),
    option(&["report"], "area", "NAMN", "En kommun: namn eller kod"),
    choice(
        &["report"],
        ["format", "FORMAT", "Rapportens format [om det inte anges: efter filens ändelse, annars docx]"],
        &[("docx", "Word"), ("html", "webbsida"), ("pdf", "PDF")],
    ),
    option(&["report"], "out", "FIL", "Fil för rapporten"),
    option(
        &["report"],
        "kind",
        "TYP",
        "Typ av service på en kommuns karta: grocery (livsmedel), fuel (drivmedel), pharmacy (apotek), parcel (post och paket), payment (betaltjänster), rescue (räddningstjänst) eller sot (SOT-punkter)",
    ),
    option(&["report"], "organisation", "NAMN", "Vem som beslutar, eller vars rapport det är"),
    option(&["report"], "reference", "NUMMER", "Ärendets diarienummer"),
    option(&["report"], "author", "NAMN", "Handläggare"),
    option(&["report"], "date", "DATUM", "Rapportens datum, ÅÅÅÅ-MM-DD [om det inte anges: i dag]"),
    option(
        &["report"],
        "proposal",
        "TEXT",
        "Förslag till beslut. Utan det lämnar rapporten plats att skriva det",
    ),
    option(&["report"], "logo", "FIL", "Organisationens logotyp: PNG eller JPEG"),
    option(
        &["map"],
        "out",
        "FIL",
        "Fil för bilden. Flera sidor får var sin fil med nummer och namn, utom i PDF",
    ),
    choice(
        &["map"],
        ["format", "FORMAT", "Bildens format [om det inte anges: efter filens ändelse, annars svg]"],
        &[("svg", "vektorbild"), ("png", "punktbild"), ("pdf", "sidor som vektorer")],
    ),
    choice(
        &["map"],
        [
            "paper",
            "PAPPER",
            "En sida gjord för papper: rubrik, teckenförklaring, skala, norrpil, källor och datum runt kartan. PDF och PNG är sidor, A4 om inget anges",
        ],
        &[("a4", "A4"), ("a3", "A3")],
    ),
    choice(
        &["map"],
        ["orientation", "LÄGE", "Hur sidan ligger [om det inte anges: så att kartan blir störst]"],
        &[("standing", "stående"), ("lying", "liggande")],
    ),
    option(&["map"], "dpi", "ANTAL", "Punkter per tum i en PNG, 72 till 600 [om det inte anges: 200]"),
    option(
        &["map"],
        "area",
        "NAMN,NAMN,…",
        "En sida för var och en av dessa kommuner, namn eller koder. all: för alla med invånare",
    ),
    option(&["map"], "place", "NAMN,NAMN,…", "En sida för var och en av dessa platser"),
    option(&["map"], "within", "LÄNGD", "Så långt runt en plats syns [om det inte anges: 20km]"),
    option(&["map"], "title", "TEXT", "Rubrik i stället för den som görs"),
    option(
        &["map"],
        "kind",
        "TYP",
        "Typ av service som visas: grocery (livsmedel), fuel (drivmedel), pharmacy (apotek), parcel (post och paket), payment (betaltjänster), rescue (räddningstjänst) eller sot (SOT-punkter)",
    ),
    choice(
        &["map"],
        ["colour", "FÄRG", "Vad rutorna färgas efter"],
        &[
            ("distance", "avstånd"),
            ("people", "invånare"),
            ("groups", "tätort och landsbygd"),
            ("none", "inget"),
        ],
    ),
    flag(&["map"], "gaps", "Konturer av luckorna i täckningen"),
    flag(&["map"], "dark", "Ljust på mörkt"),
    option(
        &["map"],
        "width",
        "BREDD",
        "Bredd i punkter för en bild som inte är en sida [om det inte anges: 1200]",
    ),
    option(
        &["map"],
        "height",
        "HÖJD",
        "Höjd i punkter för en bild som inte är en sida [om det inte anges: 1000]",
    ),
];

/// The text of an argument of a command. Those of the kinds of service stand in the table of kinds.
pub fn row(command: &str, id: &str) -> Option<Row> {
    let of_kind = || {
        let (kind, [help, _]) = ServiceKind::flags().into_iter().find(|(kind, _)| kind.id() == id)?;
        LAYERS.contains(&command).then(|| option(LAYERS, kind.id(), "FIL", help))
    };
    ROWS.iter().copied().find(|row| row.id == id && row.of.contains(&command)).or_else(of_kind)
}

/// What a command does.
pub fn about(command: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(name, _)| *name == command).map(|(_, about)| *about)
}
