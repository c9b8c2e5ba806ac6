//! How does a decision about findings become an edit? Merge, drop, keep: each with its evidence, several as one step.

use super::command::{Change, Command};
use super::findings::Finding;
use crate::model::{Evidence, FindingKind, LeftOut, Settled, SiteId};

/// What to do about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same place as the other.
    Merge,
    /// It is not there.
    Drop,
    /// The file is right.
    Keep,
}

impl Verdict {
    /// Can it be said of a finding?
    #[must_use]
    pub const fn fits(self, finding: &Finding) -> bool {
        finding.about.is_some()
            && match self {
                Self::Merge => finding.kind.is_of_two() && finding.other.is_some(),
                Self::Drop | Self::Keep => true,
            }
    }
}

/// The change that a verdict about a finding is; nothing where it cannot be said of it.
#[must_use]
pub fn change(finding: &Finding, verdict: Verdict, evidence: &Evidence) -> Option<(SiteId, Change)> {
    if !verdict.fits(finding) {
        return None;
    }
    let site = finding.about.as_ref()?.site.clone();
    let other = finding.other.as_ref().map(|place| place.site.clone());
    let change = match verdict {
        Verdict::Merge => Change::LeaveOut(LeftOut::SameAs(other?), evidence.clone()),
        Verdict::Drop => Change::LeaveOut(LeftOut::Dropped, evidence.clone()),
        Verdict::Keep => Change::Settle(Settled { finding: finding.kind, other, evidence: evidence.clone() }),
    };
    Some((site, change))
}

/// One step that decides all open findings of some kinds; nothing where there are none.
#[must_use]
pub fn decide_all(
    findings: &[Finding],
    wanted: impl Fn(FindingKind) -> bool,
    verdict: Verdict,
    evidence: &Evidence,
) -> Option<Command> {
    let open = findings.iter().filter(|finding| finding.is_open() && wanted(finding.kind));
    let changes: Vec<(SiteId, Change)> =
        open.filter_map(|finding| change(finding, verdict, evidence)).collect();
    (!changes.is_empty()).then_some(Command::AmendAll(changes))
}
