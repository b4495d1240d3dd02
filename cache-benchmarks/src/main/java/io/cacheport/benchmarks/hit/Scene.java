package io.cacheport.benchmarks.hit;

/**
 * A table: one call by so many threads.
 *
 * @param call a method of {@link Calls}
 * @param says in the heading what the call does
 * @param virtual whether the threads are virtual ones
 */
record Scene(String call, String says, int threads, boolean virtual) {

    static Scene of(String call, String says, int threads) {
        return new Scene(call, says, threads, false);
    }

    String heading() {
        return says + ", " + threads + (virtual ? " virtual" : "") + (threads == 1 ? " thread" : " threads");
    }
}
