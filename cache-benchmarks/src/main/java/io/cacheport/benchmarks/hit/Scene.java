package io.cacheport.benchmarks.hit;

/**
 * A table: one call by so many threads.
 *
 * @param call a method of {@link Calls}
 * @param says in the heading what the call does
 * @param virtual whether the threads are virtual ones
 */
record Scene(Place place, String call, String says, int threads, boolean virtual) {

    Scene(Place place, String call, String says, int threads) {
        this(place, call, says, threads, false);
    }

    String heading() {
        return place.says() + ", " + says + ", " + threads + (virtual ? " virtual" : "")
                + (threads == 1 ? " thread" : " threads");
    }
}
