//! What can go wrong inside the database of a project file, and what is said of it?

use std::io::{self, ErrorKind};
use std::path::Path;

use rusqlite::ErrorCode;

use crate::io::IoError;
use crate::model::Message;

/// How the tables are laid out; the documents have versions of their own.
pub(super) const FORMAT_VERSION: i64 = 1;

/// What can go wrong inside the database.
pub(super) enum Trouble {
    NotAProject,
    NewerFormat(i64),
    Refused(IoError),
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// What stands in the way of reading what lies there, to whoever wants to save over it.
pub(super) fn not_saved(error: IoError) -> IoError {
    match error {
        IoError::Project { path, message } => IoError::ProjectNotSaved { path, message },
        other => other,
    }
}

impl Trouble {
    pub fn on_read(self, path: &Path) -> IoError {
        let path = path.to_owned();
        let error = match self {
            Self::NotAProject => {
                return IoError::Project {
                    path,
                    message: Message::new(
                        "den innehåller inget Sotplan-projekt",
                        "it holds no Sotplan project",
                    ),
                };
            }
            Self::NewerFormat(version) => {
                return IoError::NewerProject { path, version, known: FORMAT_VERSION };
            }
            Self::Refused(error) => return error,
            Self::Sql(error) => error,
        };
        let message = match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
                return IoError::Open { path, source: io::Error::other(error) };
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Message::new(
                "ett annat program skriver i den. Stäng det programmet och försök igen",
                "another program is writing it. Close that program and try again",
            ),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Message::new(
                "den är skadad eller avkortad. Använd en kopia eller säkerhetskopia",
                "it is damaged or cut off. Use a copy or a backup",
            ),
            Some(ErrorCode::ReadOnly) => Message::new(
                "det senaste sparandet avbröts, och en skrivskyddad fil kan inte återställas. Kopiera den och filen som slutar på ”-journal” till en annan mapp",
                "the last save was cut short, and a write-protected file cannot be restored. Copy it and the file ending in “-journal” to another folder",
            ),
            _ => Message::new(
                format!("den är skadad ({error}). Använd en kopia eller säkerhetskopia"),
                format!("it is damaged ({error}). Use a copy or a backup"),
            ),
        };
        IoError::Project { path, message }
    }

    pub fn on_write(self, path: &Path) -> IoError {
        let Self::Sql(error) = self else { return not_saved(self.on_read(path)) };
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                return not_saved(Self::Sql(error).on_read(path));
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ErrorKind::ResourceBusy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ErrorKind::PermissionDenied,
            Some(ErrorCode::DiskFull) => ErrorKind::StorageFull,
            _ => ErrorKind::Other,
        };
        IoError::Write { path: path.into(), source: io::Error::new(kind, error) }
    }
}
