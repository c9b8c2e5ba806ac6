//! Are files read as they were written, and damaged ones refused?
