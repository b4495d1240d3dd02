package io.cacheport.redis.faults;

/** Every row without a test, each with its reason. */
final class LeftOut {

    private LeftOut() {}

    /** One line per row: {@code FaultMatrix.leftOut(38, "the fault", "needs network namespaces")}. */
    static void list() {
        FaultMatrix.leftOut(
                38,
                "split brain: a minority's master goes on accepting writes",
                "two sides that cannot reach each other while clients reach both need packet filters or network "
                        + "namespaces; writes lost to a failover are row 37");
        FaultMatrix.leftOut(44, "write replayed after a reconnect", "RedisRetryTest: no write is sent again");
        FaultMatrix.leftOut(51, "clocks apart", "no wall clock is read; ArchitectureTest holds that");
        FaultMatrix.leftOut(
                58, "cold start herd", "limited while degraded (A10, row 29), not on a healthy empty store");
        FaultMatrix.leftOut(62, "big value", "P10: above the limit it is not stored, and not read");
        FaultMatrix.leftOut(63, "many keys in one bulk", "RedisCommandsTest: batches of 500");
        FaultMatrix.leftOut(
                64, "callback blocks the event loop", "there are no callbacks: every call waits for its answer");
        FaultMatrix.leftOut(65, "virtual threads", "not shown yet");
    }
}
