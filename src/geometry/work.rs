//! How often are places compared? Counted where tests are built, so that they can say that no input makes it grow out of
//! measure; nothing elsewhere.

#[cfg(test)]
thread_local! {
    static COUNT: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Two places, or a place and an edge, are compared.
#[cfg(test)]
pub(super) fn compared() {
    COUNT.with(|count| count.set(count.get() + 1));
}

/// Two places, or a place and an edge, are compared.
#[cfg(not(test))]
pub(super) const fn compared() {}

/// How many comparisons this thread does in some work.
#[cfg(test)]
pub fn comparisons(work: impl FnOnce()) -> u64 {
    let before = COUNT.with(std::cell::Cell::get);
    work();
    COUNT.with(std::cell::Cell::get) - before
}
