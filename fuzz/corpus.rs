//! Writes the sound files that fuzzing begins with: `cargo run --bin make-corpus -- FOLDER`, a folder a target.

mod readers;
mod seeds;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "corpus".to_owned());
    for (reader, _) in readers::READERS {
        let folder = std::path::Path::new(&folder).join(reader);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (number, seed) in seeds::seeds(reader).into_iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{number}")), seed).expect("written");
        }
    }
}
