//! What need not be looked at? Dominated demand, served whenever other demand is, and dominated sites, never better:
//! the row and column reductions of set covering.

use super::Role;
use super::form::{Form, State};
use super::selection::Slack;

/// Makes a question of covering smaller, until nothing more is found: points that are served whenever another is,
/// sites that another dominates, sites without which somebody is not served. One best plan is left, not all.
pub(super) fn reduce_cover(form: &mut Form<'_>) {
    loop {
        drop_dominated_points(form);
        let before = form.state.iter().filter(|state| **state == State::Free).count();
        close_dominated(form);
        for point in 0..form.lists.len() {
            if let [only] = form.lists.site[form.lists.range(point)]
                && form.state[only as usize] == State::Free
            {
                form.state[only as usize] = State::Open;
            }
        }
        form.forget_closed();
        if form.state.iter().filter(|state| **state == State::Free).count() == before {
            return;
        }
    }
}

/// Leaves out dominated points: those that are served whenever another point is.
fn drop_dominated_points(form: &mut Form<'_>) {
    let lists = &form.lists;
    let by_site = lists.by_site(form.state.len());
    let mut mark = vec![u32::MAX; form.state.len()];
    let mut is_dominated = vec![false; lists.len()];
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|point| (lists.range(*point).len(), *point));
    for point in order {
        if is_dominated[point] {
            continue;
        }
        let sites = &lists.site[lists.range(point)];
        let Some(rarest) = sites.iter().min_by_key(|site| by_site.of(**site as usize).len()) else {
            continue;
        };
        let stamp = u32::try_from(point).unwrap_or(0);
        for site in sites {
            mark[*site as usize] = stamp;
        }
        for other in by_site.points(*rarest as usize) {
            let other = other as usize;
            if other == point || is_dominated[other] || lists.range(other).len() < sites.len() {
                continue;
            }
            let held =
                lists.site[lists.range(other)].iter().filter(|site| mark[**site as usize] == stamp).count();
            is_dominated[other] = held == sites.len();
        }
    }
    form.keep_points(&is_dominated);
}

/// Closes sites that another site dominates: it serves all that they serve and costs no more.
/// Only where service within the limit is all that counts, and one best plan is asked for.
pub(super) fn close_dominated(form: &mut Form<'_>) {
    let by_site = form.lists.by_site(form.state.len());
    let available = form.state.iter().filter(|state| **state != State::Closed).count();
    let mut spare = match form.slack {
        // What excludes what can make every site needed to fill the number.
        Slack::Count(_) if !form.is_cover() && !form.problem.exclusive.is_empty() => 0,
        Slack::Count(count) if !form.is_cover() => available.saturating_sub(count),
        _ => usize::MAX,
    };
    let sites = &form.problem.sites;
    let costs = |site: usize| (form.opening.get(site).copied().unwrap_or(0), sites[site].cost);
    let mut mark = vec![u32::MAX; form.lists.len()];
    let mut closed = Vec::new();
    let mut is_closed = vec![false; form.state.len()];
    for site in 0..form.state.len() {
        if form.state[site] != State::Free || sites[site].role != Role::Candidate || spare == 0 {
            continue;
        }
        let own = || by_site.points(site);
        let stamp = u32::try_from(site).unwrap_or(0);
        for point in own() {
            mark[point as usize] = stamp;
        }
        let rarest = own().min_by_key(|point| form.lists.range(*point as usize).len());
        let rivals: &[u32] = rarest.map_or(&[], |point| &form.lists.site[form.lists.range(point as usize)]);
        let has_dominator = rivals.iter().any(|rival| {
            let rival = *rival as usize;
            let theirs = || by_site.points(rival);
            let may = rival != site && !is_closed[rival] && form.excludes[rival].is_empty();
            let (ours, other) = (costs(site), costs(rival));
            let cheaper = other.0 <= ours.0 && (other.1 <= ours.1 || form.state[rival] == State::Open);
            may && cheaper
                && theirs().len() >= own().len()
                && theirs().filter(|point| mark[*point as usize] == stamp).count() == own().len()
        });
        if has_dominator {
            is_closed[site] = true;
            closed.push(site);
            spare -= 1;
        }
    }
    for site in closed {
        form.state[site] = State::Closed;
    }
}
