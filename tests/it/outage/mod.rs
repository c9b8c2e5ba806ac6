//! Who still has what when the power is gone? A village on paper, random worlds beside plain counts, the file of a scenario,
//! and the command.

mod best;
mod command_line;
mod random;
mod roads;
mod scenario_file;
mod village;
mod world;
