//! What need not be looked at? Demand that is served whenever other demand is, sites that are never better.

use super::Role;
use super::form::{Form, Lists, State};
use super::selection::Room;

/// Makes a question of covering smaller, until nothing more is found: points that are served whenever another is,
/// sites that another outdoes, sites without which somebody is not served. One best plan is left, not all.
pub(super) fn reduce_cover(form: &mut Form<'_>) {
    loop {
        leave_needless_points(form);
        let before = form.state.iter().filter(|state| **state == State::Free).count();
        close_outdone(form);
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

/// Leaves out points that are served whenever another point is.
fn leave_needless_points(form: &mut Form<'_>) {
    let lists = &form.lists;
    let by_site = points_by_site(lists, form.state.len());
    let mut mark = vec![u32::MAX; form.state.len()];
    let mut is_needless = vec![false; lists.len()];
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|point| (lists.range(*point).len(), *point));
    for point in order {
        if is_needless[point] {
            continue;
        }
        let sites = &lists.site[lists.range(point)];
        let Some(rarest) = sites.iter().min_by_key(|site| by_site[**site as usize].len()) else { continue };
        let stamp = u32::try_from(point).unwrap_or(0);
        for site in sites {
            mark[*site as usize] = stamp;
        }
        for other in &by_site[*rarest as usize] {
            let other = *other as usize;
            if other == point || is_needless[other] || lists.range(other).len() < sites.len() {
                continue;
            }
            let held =
                lists.site[lists.range(other)].iter().filter(|site| mark[**site as usize] == stamp).count();
            is_needless[other] = held == sites.len();
        }
    }
    form.keep_points(&is_needless);
}

/// The points in whose list each site stands, in rising order.
fn points_by_site(lists: &Lists, sites: usize) -> Vec<Vec<u32>> {
    let mut by_site: Vec<Vec<u32>> = vec![Vec::new(); sites];
    for (point, number) in (0..lists.len()).zip(0u32..) {
        for site in &lists.site[lists.range(point)] {
            by_site[*site as usize].push(number);
        }
    }
    by_site
}

/// Closes sites that another site outdoes: it serves all that they serve and costs no more.
/// Only where service within the limit is all that counts, and one best plan is asked for.
pub(super) fn close_outdone(form: &mut Form<'_>) {
    let by_site = points_by_site(&form.lists, form.state.len());
    let available = form.state.iter().filter(|state| **state != State::Closed).count();
    let mut spare = match form.room {
        // What excludes what can make every site needed to fill the number.
        Room::Count(_) if !form.is_cover() && !form.problem.exclusive.is_empty() => 0,
        Room::Count(count) if !form.is_cover() => available.saturating_sub(count),
        _ => usize::MAX,
    };
    let sites = &form.problem.sites;
    let price = |site: usize| (form.opening.get(site).copied().unwrap_or(0), sites[site].cost);
    let mut mark = vec![u32::MAX; form.lists.len()];
    let mut closed = Vec::new();
    let mut is_closed = vec![false; form.state.len()];
    for site in 0..form.state.len() {
        if form.state[site] != State::Free || sites[site].role != Role::Candidate || spare == 0 {
            continue;
        }
        let own = &by_site[site];
        let stamp = u32::try_from(site).unwrap_or(0);
        for point in own {
            mark[*point as usize] = stamp;
        }
        let rarest = own.iter().min_by_key(|point| form.lists.range(**point as usize).len());
        let rivals: &[u32] = rarest.map_or(&[], |point| &form.lists.site[form.lists.range(*point as usize)]);
        let is_outdone = rivals.iter().any(|rival| {
            let rival = *rival as usize;
            let theirs = &by_site[rival];
            let may = rival != site && !is_closed[rival] && form.excludes[rival].is_empty();
            let (ours, other) = (price(site), price(rival));
            let cheaper = other.0 <= ours.0 && (other.1 <= ours.1 || form.state[rival] == State::Open);
            may && cheaper
                && theirs.len() >= own.len()
                && theirs.iter().filter(|point| mark[**point as usize] == stamp).count() == own.len()
        });
        if is_outdone {
            is_closed[site] = true;
            closed.push(site);
            spare -= 1;
        }
    }
    for site in closed {
        form.state[site] = State::Closed;
    }
}
