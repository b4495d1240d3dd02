package io.cacheport.schedules;

/** What came about over many schedules: one in which nothing does would show nothing. */
final class Tally {
    long near;
    long staleWithinBound;

    @Override
    public String toString() {
        return near + " read near, " + staleWithinBound + " of them stale within the bound";
    }
}
