//! Which turns does a relation forbid? Its tags and members, or why it is not obeyed.
//! Does not know where its ways lie: `assemble` finds them.

use super::tag_list::Tags;

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberKind {
    Node,
    Way,
    Relation,
}

/// A member of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member<'a> {
    pub kind: MemberKind,
    pub id: i64,
    pub role: &'a str,
}

/// A turn in the ids of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub from_way: i64,
    pub via_node: i64,
    pub to_way: i64,
    pub is_only: bool,
}

/// Is this relation about turns at all?
pub(super) fn is_restriction(tags: Tags<'_>) -> bool {
    tags.find("type").is_some_and(|kind| kind == "restriction" || kind.starts_with("restriction:"))
}

/// The turns of a relation, or the reason why they are left.
pub(super) fn turns(tags: Tags<'_>, members: &[Member<'_>]) -> Result<Vec<Turn>, &'static str> {
    let value = value_for_cars(tags)?;
    let is_only = value.starts_with("only_");
    if !is_only && !value.starts_with("no_") {
        return Err("unknown_value");
    }
    let of = |role: &str| -> Vec<&Member<'_>> { members.iter().filter(|m| m.role == role).collect() };
    let (from, via, to) = (of("from"), of("via"), of("to"));
    if via.iter().any(|member| member.kind == MemberKind::Way) {
        return Err("via_way");
    }
    let is_of_ways = from.iter().chain(&to).all(|member| member.kind == MemberKind::Way);
    let [via] = via.as_slice() else { return Err("incomplete") };
    if via.kind != MemberKind::Node || from.is_empty() || to.is_empty() || !is_of_ways {
        return Err("incomplete");
    }
    // Several ways in or out are said only by `no_entry` and `no_exit`.
    let may_repeat = match value {
        "no_entry" => to.len() == 1,
        "no_exit" => from.len() == 1,
        _ => from.len() == 1 && to.len() == 1,
    };
    // No crossing has more arms: a relation with thousands is broken.
    if !may_repeat || from.len().max(to.len()) > 50 {
        return Err("incomplete");
    }
    let pair = |from: &Member<'_>, to: &Member<'_>| Turn {
        from_way: from.id,
        via_node: via.id,
        to_way: to.id,
        is_only,
    };
    Ok(from.iter().flat_map(|from| to.iter().map(|to| pair(from, to))).collect())
}

/// The restriction that holds for cars.
fn value_for_cars(tags: Tags<'_>) -> Result<&str, &'static str> {
    let for_cars = ["motorcar", "motor_vehicle"];
    if let Some(("restriction", vehicle)) = tags.find("type").and_then(|kind| kind.split_once(':'))
        && !for_cars.contains(&vehicle)
    {
        return Err("not_for_cars");
    }
    let excepted = tags.find("except").unwrap_or_default();
    if excepted.split(';').any(|vehicle| for_cars.contains(&vehicle.trim())) {
        return Err("not_for_cars");
    }
    let has_hours = ["day_on", "day_off", "hour_on", "hour_off"].iter().any(|key| tags.find(key).is_some());
    let keys = ["restriction:motorcar", "restriction:motor_vehicle", "restriction"];
    match keys.iter().find_map(|key| tags.find(key)) {
        Some(value) if value.contains('@') || has_hours => Err("conditional"),
        Some(value) => Ok(value),
        None if tags
            .0
            .iter()
            .any(|(key, _)| key.starts_with("restriction:") && key.ends_with(":conditional")) =>
        {
            Err("conditional")
        }
        None if tags.0.iter().any(|(key, _)| key.starts_with("restriction:")) => Err("not_for_cars"),
        None => Err("unknown_value"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tags: &str, members: &str) -> Result<Vec<Turn>, &'static str> {
        let tags: Vec<(&str, &str)> = tags.split_whitespace().filter_map(|tag| tag.split_once('=')).collect();
        let members: Vec<Member<'_>> = members
            .split_whitespace()
            .map(|text| {
                let (role, what) = text.split_once('=').expect("role=w1");
                let kind = match &what[..1] {
                    "n" => MemberKind::Node,
                    "w" => MemberKind::Way,
                    _ => MemberKind::Relation,
                };
                Member { kind, id: what[1..].parse().expect("an id"), role }
            })
            .collect();
        turns(Tags(&tags), &members)
    }

    #[test]
    fn what_is_obeyed() {
        let turn = |from_way, to_way, is_only| Turn { from_way, via_node: 9, to_way, is_only };
        let members = "from=w1 via=n9 to=w2";
        let no = Ok(vec![turn(1, 2, false)]);
        assert_eq!(read("type=restriction restriction=no_left_turn", members), no);
        assert_eq!(read("type=restriction restriction:motorcar=no_left_turn", members), no);
        assert_eq!(read("type=restriction:motor_vehicle restriction=no_left_turn", members), no);
        assert_eq!(
            read("type=restriction restriction=only_straight_on", members),
            Ok(vec![turn(1, 2, true)])
        );
        assert_eq!(
            read("type=restriction restriction=no_entry", "from=w1 from=w3 via=n9 to=w2"),
            Ok(vec![turn(1, 2, false), turn(3, 2, false)])
        );
        assert_eq!(
            read("type=restriction restriction=no_exit", "from=w1 via=n9 to=w2 to=w3"),
            Ok(vec![turn(1, 2, false), turn(1, 3, false)])
        );
    }

    #[test]
    fn what_is_left() {
        let members = "from=w1 via=n9 to=w2";
        let check = |tags: &str, members: &str, reason: &'static str| {
            assert_eq!(read(&format!("type=restriction {tags}"), members), Err(reason), "{tags} {members}");
        };
        check("restriction=no_left_turn", "from=w1 via=w9 to=w2", "via_way");
        check("restriction=no_left_turn", "from=w1 to=w2", "incomplete");
        check("restriction=no_left_turn", "from=w1 via=n9", "incomplete");
        check("restriction=no_left_turn", "from=w1 from=w3 via=n9 to=w2", "incomplete");
        check("restriction=no_left_turn", "from=w1 via=n9 via=n8 to=w2", "incomplete");
        check("restriction=no_left_turn except=bicycle;motorcar", members, "not_for_cars");
        check("restriction:hgv=no_left_turn", members, "not_for_cars");
        check("restriction:conditional=no_left_turn@(Mo-Fr)", members, "conditional");
        check("restriction=no_left_turn hour_on=07:00", members, "conditional");
        check("restriction=sometimes", members, "unknown_value");
        check("", members, "unknown_value");
    }
}
