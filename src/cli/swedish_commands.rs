//! What does the help say in Swedish of each command?

/// What each command does.
pub const COMMANDS: &[(&str, &str)] = &[
    ("", "Hitta, jämför och följ upp platser för SOT-punkter (Service och trygghet)"),
    (
        "power",
        "Reservkraft för en plats: vilket aggregat, hur många containrar och liter dess maskiner kräver",
    ),
    (
        "outage",
        "När strömmen går: vem har ändå mat, drivmedel, betalning, information och värme, timme för timme",
    ),
    ("analyse", "Täckning, luckor, nedläggningar och möjliga platser, skrivna till en mapp"),
    ("compare", "Två till sex platser sida vid sida: vad som talar för var och en, och vad ingen vet"),
    (
        "export",
        "Det som fönstrets Exportera skriver, en fil eller alla: valda platser, rutor, luckor, jämförelse, uppföljning",
    ),
    ("travel", "Restid och avstånd längs väg mellan platserna i två filer, som CSV"),
    ("route", "Vägen mellan två platser, som GeoJSON"),
    ("site", "Var SOT-punkter bör ligga: de bästa platserna för ett mål, med bevis"),
    ("solve", "De bästa platserna ur en egen tabell över kostnader, med bevis"),
    ("info", "Vad filer innehåller: lager, vägar, kolumner, koordinatsystem och vad som inte används"),
    ("new", "En projektfil med lager, vägar och antaganden, att öppna i fönstret eller lämna vidare"),
    (
        "merge",
        "Det som skrivits i en annan kopia av ett projekt, hämtat in i det egna; skillnaderna sida vid sida",
    ),
    ("open", "Öppna ett projekt i fönstret"),
    ("pack", "En kopia av ett projekt med alla dess filer i, för en dator där filerna inte finns"),
    ("convert", "Ett lager i ett annat format eller koordinatsystem, med alla kolumner och rader"),
    (
        "check",
        "Vad i data som behöver granskas: dubbletter, platser i vatten eller långt från väg, summor som inte stämmer",
    ),
    (
        "report",
        "En rapport inför beslut: om en plats, flera, en plan, ett avbrott eller en kommun, som Word, PDF eller webbsida",
    ),
    ("map", "En karta över resultatet som bild eller sidor att skriva ut, utan fönster"),
    ("help", "Visa den här hjälpen, eller hjälpen för ett kommando"),
];
