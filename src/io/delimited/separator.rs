//! What parts the values of a table of text? Told by its first rows: the sign that gives them all the same number of
//! values, and names on top.

/// Signs that part values; of equals the first. In Swedish the comma is in numbers.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Bytes and rows looked at.
const LOOKED_AT: usize = 1 << 15;
const ROWS: usize = 60;

/// The separator that the first line says to a spreadsheet, and the bytes before the table.
pub(super) fn said(text: &str) -> (Option<u8>, usize) {
    let (mut said, mut skipped) = (None, 0);
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end_matches(['\r', '\n']);
        let is_saying = plain.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
        if is_saying {
            said = plain.as_bytes().get(4).copied().or(said);
        } else if !plain.trim().is_empty() {
            break;
        }
        skipped += line.len();
    }
    (said.filter(|sign| SEPARATORS.contains(sign) || sign.is_ascii_punctuation()), skipped)
}

/// The separator of a table.
pub(super) fn of(text: &str) -> u8 {
    let start = start(text);
    let scored = SEPARATORS.into_iter().rev().filter_map(|sign| Some((score(start, sign)?, sign)));
    // Values alone in their rows may have a decimal comma.
    scored.max_by_key(|(score, _)| *score).map_or(b';', |(_, sign)| sign)
}

/// Is a text a table, by its first rows? Asked of files whose names tell nothing.
pub(in crate::io) fn tells(start: &[u8]) -> bool {
    let Ok(text) =
        std::str::from_utf8(start).or_else(|error| std::str::from_utf8(&start[..error.valid_up_to()]))
    else {
        return false;
    };
    let is_text = !text.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n'));
    let sound = |sign: &u8| {
        let rows = rows(self::start(text), *sign);
        let width = rows.first().map_or(0, Vec::len);
        rows.len() >= 3 && width >= 3 && rows.iter().all(|row| row.len() == width)
    };
    is_text && text.len() * 10 >= start.len() * 9 && SEPARATORS.iter().any(sound)
}

/// The first rows; of a longer text without the last, which may be cut.
fn start(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().find(|(at, _)| *at >= LOOKED_AT) else { return text };
    text[..end].rsplit_once('\n').map_or(&text[..end], |(whole, _)| whole)
}

fn rows(text: &str, sign: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let cells = |row: csv::ByteRecord| -> Vec<String> {
        row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
    };
    let is_filled = |row: &Vec<String>| row.iter().any(|cell| !cell.is_empty());
    reader.byte_records().map_while(Result::ok).map(cells).filter(is_filled).take(ROWS).collect()
}

/// How well a sign parts the rows: tenths of them that are of one width, names on top, and how soon.
fn score(text: &str, sign: u8) -> Option<(usize, bool, std::cmp::Reverse<usize>)> {
    let rows = rows(text, sign);
    let count = |width: usize| rows.iter().filter(|row| row.len() == width).count();
    let widths = rows.iter().map(Vec::len).filter(|width| *width > 1);
    let width = widths.max_by_key(|width| (count(*width), *width))?;
    let share = count(width) * 10 / rows.len();
    let first = rows.iter().position(|row| row.len() == width)?;
    let is_number = |text: &String| text.starts_with(|sign: char| sign.is_ascii_digit());
    let has_names = !rows[first].iter().any(is_number);
    // Titles and notes stand around some tables.
    (share >= 3).then_some((share, has_names, std::cmp::Reverse(first)))
}
